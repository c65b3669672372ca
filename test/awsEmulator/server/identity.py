"""What Ref gives of an instance profile and of a secret: ministack gives the ARN of the one and the name of the other, AWS the reverse."""
from ministack.services import iam, secretsmanager

from registry import original, resource


class InstanceProfile:
    base = original("AWS::IAM::InstanceProfile")

    @staticmethod
    def create(logical_id, props, stack):
        missing = [role for role in props.get("Roles") or [] if role not in iam._roles]
        if missing:
            raise ValueError(f"Role {missing[0]} cannot be found.")
        arn, attributes = InstanceProfile.base["create"](logical_id, props, stack)
        return arn.rpartition("/")[2], attributes

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        arn, attributes = InstanceProfile.base["update"](InstanceProfile.arn(physical_id), old, new, stack, logical_id)
        return arn.rpartition("/")[2], attributes

    @staticmethod
    def delete(physical_id, props):
        InstanceProfile.base["delete"](InstanceProfile.arn(physical_id), props)

    @staticmethod
    def arn(name):
        return iam._instance_profiles.get(name, {}).get("Arn", name)


resource("AWS::IAM::InstanceProfile")(InstanceProfile)


class Secret:
    base = original("AWS::SecretsManager::Secret")

    @staticmethod
    def create(logical_id, props, stack):
        _, attributes = Secret.base["create"](logical_id, props, stack)
        return attributes["Arn"], attributes

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        _, attributes = Secret.base["update"](Secret.name(physical_id), old, new, stack, logical_id)
        return attributes["Arn"], attributes

    @staticmethod
    def delete(physical_id, props):
        Secret.base["delete"](Secret.name(physical_id), props)

    @staticmethod
    def name(arn):
        return next((name for name, secret in secretsmanager._secrets.items() if secret["ARN"] == arn), arn)


resource("AWS::SecretsManager::Secret", tags="Tags")(Secret)

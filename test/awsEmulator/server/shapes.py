"""Answers written from botocore's models, so that every member of a record can be read back, not only those that ministack's own XML has."""
from functools import cache
from xml.sax.saxutils import escape


@cache
def _model(service):
    from botocore.loaders import Loader  # slow to import, and needed by the first read only
    from botocore.model import ServiceModel
    return ServiceModel(Loader().load_service_model(service, "service-2"))


def members(service, shape_name, value):
    """The XML inside the element of a structure. What the shape does not know is left out."""
    return _inner(_model(service).shape_for(shape_name), value, "item" if service == "ec2" else "member")


def _inner(shape, value, item):
    if shape.type_name == "structure":
        return "".join(
            _element(member.serialization.get("name", name), _inner(member, value[name], item))
            for name, member in shape.members.items()
            if isinstance(value, dict) and value.get(name) is not None
        )
    if shape.type_name == "list":
        tag = shape.member.serialization.get("name", item)
        return "".join(_element(tag, _inner(shape.member, each, item)) for each in value)
    if shape.type_name == "boolean":
        return "true" if str(value).lower() == "true" else "false"
    return escape(str(value))


def _element(tag, inner):
    return f"<{tag}>{inner}</{tag}>"

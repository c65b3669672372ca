package aws

// The calls of the contract's calls.json, which the machine's role is built from. The agent makes no others.
var (
	signalResource       = action{name: "cloudformation:SignalResource", version: "2010-05-15"}
	completeLifecycle    = action{name: "autoscaling:CompleteLifecycleAction", version: "2011-01-01"}
	recordHeartbeat      = action{name: "autoscaling:RecordLifecycleActionHeartbeat", version: "2011-01-01"}
	terminateInGroup     = action{name: "autoscaling:TerminateInstanceInAutoScalingGroup", version: "2011-01-01"}
	setInstanceHealth    = action{name: "autoscaling:SetInstanceHealth", version: "2011-01-01"}
	describeGroups       = action{name: "autoscaling:DescribeAutoScalingGroups", version: "2011-01-01"}
	describeInstances    = action{name: "autoscaling:DescribeAutoScalingInstances", version: "2011-01-01"}
	describeTargetHealth = action{name: "elasticloadbalancing:DescribeTargetHealth", version: "2015-12-01"}
	putMetricData        = action{name: "cloudwatch:PutMetricData", version: "2010-08-01", endpoint: "monitoring"}
	createLogStream      = action{name: "logs:CreateLogStream", target: "Logs_20140328.CreateLogStream"}
	putLogEvents         = action{name: "logs:PutLogEvents", target: "Logs_20140328.PutLogEvents"}
	getParameter         = action{name: "ssm:GetParameter", target: "AmazonSSM.GetParameter"}
	getObject            = action{name: "s3:GetObject"}
	getSecretValue       = action{name: "secretsmanager:GetSecretValue", target: "secretsmanager.GetSecretValue"}
	assumeRole           = action{name: "sts:AssumeRole", version: "2011-06-15"}
	attachVolume         = action{name: "ec2:AttachVolume", version: "2016-11-15"}
	detachVolume         = action{name: "ec2:DetachVolume", version: "2016-11-15"}
	describeVolumes      = action{name: "ec2:DescribeVolumes", version: "2016-11-15"}
	describeMachines     = action{name: "ec2:DescribeInstances", version: "2016-11-15"}
	listRecords          = action{name: "route53:ListResourceRecordSets"}
	changeRecords        = action{name: "route53:ChangeResourceRecordSets"}
)

var actions = []action{
	putMetricData, signalResource, completeLifecycle, recordHeartbeat, terminateInGroup, setInstanceHealth, describeGroups, describeInstances, describeTargetHealth, createLogStream,
	putLogEvents, getParameter, getObject, getSecretValue, assumeRole, attachVolume, detachVolume, describeVolumes,
	describeMachines, listRecords, changeRecords,
}

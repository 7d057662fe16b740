using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>ECS API reference, AssignPublicIp.</summary>
public class AssignPublicIp(string value) : ConstantClass(value)
{
    public static readonly AssignPublicIp ENABLED = new("ENABLED");
    public static readonly AssignPublicIp DISABLED = new("DISABLED");

    public static AssignPublicIp FindValue(string value) => FindValue<AssignPublicIp>(value);

    public static implicit operator AssignPublicIp(string value) => FindValue(value);
}

/// <summary>ECS API reference, AvailabilityZoneRebalancing.</summary>
public class AvailabilityZoneRebalancing(string value) : ConstantClass(value)
{
    public static readonly AvailabilityZoneRebalancing ENABLED = new("ENABLED");
    public static readonly AvailabilityZoneRebalancing DISABLED = new("DISABLED");

    public static AvailabilityZoneRebalancing FindValue(string value) => FindValue<AvailabilityZoneRebalancing>(value);

    public static implicit operator AvailabilityZoneRebalancing(string value) => FindValue(value);
}

/// <summary>ECS API reference, DeploymentControllerType.</summary>
public class DeploymentControllerType(string value) : ConstantClass(value)
{
    public static readonly DeploymentControllerType ECS = new("ECS");
    public static readonly DeploymentControllerType CODE_DEPLOY = new("CODE_DEPLOY");
    public static readonly DeploymentControllerType EXTERNAL = new("EXTERNAL");

    public static DeploymentControllerType FindValue(string value) => FindValue<DeploymentControllerType>(value);

    public static implicit operator DeploymentControllerType(string value) => FindValue(value);
}

/// <summary>ECS API reference, DeploymentRolloutState.</summary>
public class DeploymentRolloutState(string value) : ConstantClass(value)
{
    public static readonly DeploymentRolloutState COMPLETED = new("COMPLETED");
    public static readonly DeploymentRolloutState FAILED = new("FAILED");
    public static readonly DeploymentRolloutState IN_PROGRESS = new("IN_PROGRESS");

    public static DeploymentRolloutState FindValue(string value) => FindValue<DeploymentRolloutState>(value);

    public static implicit operator DeploymentRolloutState(string value) => FindValue(value);
}

/// <summary>ECS API reference, DeploymentStrategy.</summary>
public class DeploymentStrategy(string value) : ConstantClass(value)
{
    public static readonly DeploymentStrategy ROLLING = new("ROLLING");
    public static readonly DeploymentStrategy BLUE_GREEN = new("BLUE_GREEN");
    public static readonly DeploymentStrategy LINEAR = new("LINEAR");
    public static readonly DeploymentStrategy CANARY = new("CANARY");

    public static DeploymentStrategy FindValue(string value) => FindValue<DeploymentStrategy>(value);

    public static implicit operator DeploymentStrategy(string value) => FindValue(value);
}

/// <summary>ECS API reference, PlacementConstraintType.</summary>
public class PlacementConstraintType(string value) : ConstantClass(value)
{
    public static readonly PlacementConstraintType DistinctInstance = new("distinctInstance");
    public static readonly PlacementConstraintType MemberOf = new("memberOf");

    public static PlacementConstraintType FindValue(string value) => FindValue<PlacementConstraintType>(value);

    public static implicit operator PlacementConstraintType(string value) => FindValue(value);
}

/// <summary>ECS API reference, PlacementStrategyType.</summary>
public class PlacementStrategyType(string value) : ConstantClass(value)
{
    public static readonly PlacementStrategyType Random = new("random");
    public static readonly PlacementStrategyType Spread = new("spread");
    public static readonly PlacementStrategyType Binpack = new("binpack");

    public static PlacementStrategyType FindValue(string value) => FindValue<PlacementStrategyType>(value);

    public static implicit operator PlacementStrategyType(string value) => FindValue(value);
}

/// <summary>ECS API reference, PropagateTags.</summary>
public class PropagateTags(string value) : ConstantClass(value)
{
    public static readonly PropagateTags TASK_DEFINITION = new("TASK_DEFINITION");
    public static readonly PropagateTags SERVICE = new("SERVICE");
    public static readonly PropagateTags NONE = new("NONE");

    public static PropagateTags FindValue(string value) => FindValue<PropagateTags>(value);

    public static implicit operator PropagateTags(string value) => FindValue(value);
}

/// <summary>ECS API reference, SchedulingStrategy.</summary>
public class SchedulingStrategy(string value) : ConstantClass(value)
{
    public static readonly SchedulingStrategy REPLICA = new("REPLICA");
    public static readonly SchedulingStrategy DAEMON = new("DAEMON");

    public static SchedulingStrategy FindValue(string value) => FindValue<SchedulingStrategy>(value);

    public static implicit operator SchedulingStrategy(string value) => FindValue(value);
}

using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>ECS API reference, ProxyConfigurationType.</summary>
public class ProxyConfigurationType(string value) : ConstantClass(value)
{
    public static readonly ProxyConfigurationType APPMESH = new("APPMESH");

    public static ProxyConfigurationType FindValue(string value) => FindValue<ProxyConfigurationType>(value);

    public static implicit operator ProxyConfigurationType(string value) => FindValue(value);
}

/// <summary>ECS API reference, ResourceType.</summary>
public class ResourceType(string value) : ConstantClass(value)
{
    public static readonly ResourceType GPU = new("GPU");
    public static readonly ResourceType InferenceAccelerator = new("InferenceAccelerator");

    public static ResourceType FindValue(string value) => FindValue<ResourceType>(value);

    public static implicit operator ResourceType(string value) => FindValue(value);
}

/// <summary>ECS API reference, Scope.</summary>
public class Scope(string value) : ConstantClass(value)
{
    public static readonly Scope Task = new("task");
    public static readonly Scope Shared = new("shared");

    public static Scope FindValue(string value) => FindValue<Scope>(value);

    public static implicit operator Scope(string value) => FindValue(value);
}

/// <summary>ECS API reference, TargetType.</summary>
public class TargetType(string value) : ConstantClass(value)
{
    public static readonly TargetType ContainerInstance = new("container-instance");

    public static TargetType FindValue(string value) => FindValue<TargetType>(value);

    public static implicit operator TargetType(string value) => FindValue(value);
}

/// <summary>ECS API reference, TaskDefinitionPlacementConstraintType.</summary>
public class TaskDefinitionPlacementConstraintType(string value) : ConstantClass(value)
{
    public static readonly TaskDefinitionPlacementConstraintType MemberOf = new("memberOf");

    public static TaskDefinitionPlacementConstraintType FindValue(string value) =>
        FindValue<TaskDefinitionPlacementConstraintType>(value);

    public static implicit operator TaskDefinitionPlacementConstraintType(string value) => FindValue(value);
}

/// <summary>ECS API reference, TaskDefinitionStatus.</summary>
public class TaskDefinitionStatus(string value) : ConstantClass(value)
{
    public static readonly TaskDefinitionStatus ACTIVE = new("ACTIVE");
    public static readonly TaskDefinitionStatus INACTIVE = new("INACTIVE");
    public static readonly TaskDefinitionStatus DELETE_IN_PROGRESS = new("DELETE_IN_PROGRESS");

    public static TaskDefinitionStatus FindValue(string value) => FindValue<TaskDefinitionStatus>(value);

    public static implicit operator TaskDefinitionStatus(string value) => FindValue(value);
}

/// <summary>ECS API reference, TransportProtocol.</summary>
public class TransportProtocol(string value) : ConstantClass(value)
{
    public static readonly TransportProtocol Tcp = new("tcp");
    public static readonly TransportProtocol Udp = new("udp");

    public static TransportProtocol FindValue(string value) => FindValue<TransportProtocol>(value);

    public static implicit operator TransportProtocol(string value) => FindValue(value);
}

/// <summary>ECS API reference, UlimitName.</summary>
public class UlimitName(string value) : ConstantClass(value)
{
    public static readonly UlimitName Core = new("core");
    public static readonly UlimitName Cpu = new("cpu");
    public static readonly UlimitName Data = new("data");
    public static readonly UlimitName Fsize = new("fsize");
    public static readonly UlimitName Locks = new("locks");
    public static readonly UlimitName Memlock = new("memlock");
    public static readonly UlimitName Msgqueue = new("msgqueue");
    public static readonly UlimitName Nice = new("nice");
    public static readonly UlimitName Nofile = new("nofile");
    public static readonly UlimitName Nproc = new("nproc");
    public static readonly UlimitName Rss = new("rss");
    public static readonly UlimitName Rtprio = new("rtprio");
    public static readonly UlimitName Rttime = new("rttime");
    public static readonly UlimitName Sigpending = new("sigpending");
    public static readonly UlimitName Stack = new("stack");

    public static UlimitName FindValue(string value) => FindValue<UlimitName>(value);

    public static implicit operator UlimitName(string value) => FindValue(value);
}

/// <summary>ECS API reference, VersionConsistency.</summary>
public class VersionConsistency(string value) : ConstantClass(value)
{
    public static readonly VersionConsistency Enabled = new("enabled");
    public static readonly VersionConsistency Disabled = new("disabled");

    public static VersionConsistency FindValue(string value) => FindValue<VersionConsistency>(value);

    public static implicit operator VersionConsistency(string value) => FindValue(value);
}

using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>ECS API reference, Connectivity.</summary>
public class Connectivity(string value) : ConstantClass(value)
{
    public static readonly Connectivity CONNECTED = new("CONNECTED");
    public static readonly Connectivity DISCONNECTED = new("DISCONNECTED");

    public static Connectivity FindValue(string value) => FindValue<Connectivity>(value);

    public static implicit operator Connectivity(string value) => FindValue(value);
}

/// <summary>ECS API reference, HealthStatus.</summary>
public class HealthStatus(string value) : ConstantClass(value)
{
    public static readonly HealthStatus HEALTHY = new("HEALTHY");
    public static readonly HealthStatus UNHEALTHY = new("UNHEALTHY");
    public static readonly HealthStatus UNKNOWN = new("UNKNOWN");

    public static HealthStatus FindValue(string value) => FindValue<HealthStatus>(value);

    public static implicit operator HealthStatus(string value) => FindValue(value);
}

/// <summary>ECS API reference, LaunchType.</summary>
public class LaunchType(string value) : ConstantClass(value)
{
    public static readonly LaunchType EC2 = new("EC2");
    public static readonly LaunchType FARGATE = new("FARGATE");
    public static readonly LaunchType EXTERNAL = new("EXTERNAL");
    public static readonly LaunchType MANAGED_INSTANCES = new("MANAGED_INSTANCES");

    public static LaunchType FindValue(string value) => FindValue<LaunchType>(value);

    public static implicit operator LaunchType(string value) => FindValue(value);
}

/// <summary>ECS API reference, ManagedAgentName.</summary>
public class ManagedAgentName(string value) : ConstantClass(value)
{
    public static readonly ManagedAgentName ExecuteCommandAgent = new("ExecuteCommandAgent");

    public static ManagedAgentName FindValue(string value) => FindValue<ManagedAgentName>(value);

    public static implicit operator ManagedAgentName(string value) => FindValue(value);
}

/// <summary>ECS API reference, TaskStopCode.</summary>
public class TaskStopCode(string value) : ConstantClass(value)
{
    public static readonly TaskStopCode TaskFailedToStart = new("TaskFailedToStart");
    public static readonly TaskStopCode EssentialContainerExited = new("EssentialContainerExited");
    public static readonly TaskStopCode UserInitiated = new("UserInitiated");
    public static readonly TaskStopCode ServiceSchedulerInitiated = new("ServiceSchedulerInitiated");
    public static readonly TaskStopCode SpotInterruption = new("SpotInterruption");
    public static readonly TaskStopCode TerminationNotice = new("TerminationNotice");

    public static TaskStopCode FindValue(string value) => FindValue<TaskStopCode>(value);

    public static implicit operator TaskStopCode(string value) => FindValue(value);
}

using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>ECS API reference, ApplicationProtocol.</summary>
public class ApplicationProtocol(string value) : ConstantClass(value)
{
    public static readonly ApplicationProtocol Http = new("http");
    public static readonly ApplicationProtocol Http2 = new("http2");
    public static readonly ApplicationProtocol Grpc = new("grpc");

    public static ApplicationProtocol FindValue(string value) => FindValue<ApplicationProtocol>(value);

    public static implicit operator ApplicationProtocol(string value) => FindValue(value);
}

/// <summary>ECS API reference, CPUArchitecture.</summary>
public class CPUArchitecture(string value) : ConstantClass(value)
{
    public static readonly CPUArchitecture X86_64 = new("X86_64");
    public static readonly CPUArchitecture ARM64 = new("ARM64");

    public static CPUArchitecture FindValue(string value) => FindValue<CPUArchitecture>(value);

    public static implicit operator CPUArchitecture(string value) => FindValue(value);
}

/// <summary>ECS API reference, ContainerCondition.</summary>
public class ContainerCondition(string value) : ConstantClass(value)
{
    public static readonly ContainerCondition START = new("START");
    public static readonly ContainerCondition COMPLETE = new("COMPLETE");
    public static readonly ContainerCondition SUCCESS = new("SUCCESS");
    public static readonly ContainerCondition HEALTHY = new("HEALTHY");

    public static ContainerCondition FindValue(string value) => FindValue<ContainerCondition>(value);

    public static implicit operator ContainerCondition(string value) => FindValue(value);
}

/// <summary>ECS API reference, EFSAuthorizationConfigIAM.</summary>
public class EFSAuthorizationConfigIAM(string value) : ConstantClass(value)
{
    public static readonly EFSAuthorizationConfigIAM ENABLED = new("ENABLED");
    public static readonly EFSAuthorizationConfigIAM DISABLED = new("DISABLED");

    public static EFSAuthorizationConfigIAM FindValue(string value) => FindValue<EFSAuthorizationConfigIAM>(value);

    public static implicit operator EFSAuthorizationConfigIAM(string value) => FindValue(value);
}

/// <summary>ECS API reference, EFSTransitEncryption.</summary>
public class EFSTransitEncryption(string value) : ConstantClass(value)
{
    public static readonly EFSTransitEncryption ENABLED = new("ENABLED");
    public static readonly EFSTransitEncryption DISABLED = new("DISABLED");

    public static EFSTransitEncryption FindValue(string value) => FindValue<EFSTransitEncryption>(value);

    public static implicit operator EFSTransitEncryption(string value) => FindValue(value);
}

/// <summary>ECS API reference, EnvironmentFileType.</summary>
public class EnvironmentFileType(string value) : ConstantClass(value)
{
    public static readonly EnvironmentFileType S3 = new("s3");

    public static EnvironmentFileType FindValue(string value) => FindValue<EnvironmentFileType>(value);

    public static implicit operator EnvironmentFileType(string value) => FindValue(value);
}

/// <summary>ECS API reference, FirelensConfigurationType.</summary>
public class FirelensConfigurationType(string value) : ConstantClass(value)
{
    public static readonly FirelensConfigurationType Fluentd = new("fluentd");
    public static readonly FirelensConfigurationType Fluentbit = new("fluentbit");

    public static FirelensConfigurationType FindValue(string value) => FindValue<FirelensConfigurationType>(value);

    public static implicit operator FirelensConfigurationType(string value) => FindValue(value);
}

/// <summary>ECS API reference, IpcMode.</summary>
public class IpcMode(string value) : ConstantClass(value)
{
    public static readonly IpcMode Host = new("host");
    public static readonly IpcMode Task = new("task");
    public static readonly IpcMode None = new("none");

    public static IpcMode FindValue(string value) => FindValue<IpcMode>(value);

    public static implicit operator IpcMode(string value) => FindValue(value);
}

/// <summary>ECS API reference, LogDriver.</summary>
public class LogDriver(string value) : ConstantClass(value)
{
    public static readonly LogDriver JsonFile = new("json-file");
    public static readonly LogDriver Syslog = new("syslog");
    public static readonly LogDriver Journald = new("journald");
    public static readonly LogDriver Gelf = new("gelf");
    public static readonly LogDriver Fluentd = new("fluentd");
    public static readonly LogDriver Awslogs = new("awslogs");
    public static readonly LogDriver Splunk = new("splunk");
    public static readonly LogDriver Awsfirelens = new("awsfirelens");

    public static LogDriver FindValue(string value) => FindValue<LogDriver>(value);

    public static implicit operator LogDriver(string value) => FindValue(value);
}

/// <summary>ECS API reference, NetworkMode.</summary>
public class NetworkMode(string value) : ConstantClass(value)
{
    public static readonly NetworkMode Bridge = new("bridge");
    public static readonly NetworkMode Host = new("host");
    public static readonly NetworkMode Awsvpc = new("awsvpc");
    public static readonly NetworkMode None = new("none");

    public static NetworkMode FindValue(string value) => FindValue<NetworkMode>(value);

    public static implicit operator NetworkMode(string value) => FindValue(value);
}

/// <summary>ECS API reference, OSFamily.</summary>
public class OSFamily(string value) : ConstantClass(value)
{
    public static readonly OSFamily WINDOWS_SERVER_2019_FULL = new("WINDOWS_SERVER_2019_FULL");
    public static readonly OSFamily WINDOWS_SERVER_2019_CORE = new("WINDOWS_SERVER_2019_CORE");
    public static readonly OSFamily WINDOWS_SERVER_2016_FULL = new("WINDOWS_SERVER_2016_FULL");
    public static readonly OSFamily WINDOWS_SERVER_2004_CORE = new("WINDOWS_SERVER_2004_CORE");
    public static readonly OSFamily WINDOWS_SERVER_2022_CORE = new("WINDOWS_SERVER_2022_CORE");
    public static readonly OSFamily WINDOWS_SERVER_2022_FULL = new("WINDOWS_SERVER_2022_FULL");
    public static readonly OSFamily WINDOWS_SERVER_2025_CORE = new("WINDOWS_SERVER_2025_CORE");
    public static readonly OSFamily WINDOWS_SERVER_2025_FULL = new("WINDOWS_SERVER_2025_FULL");
    public static readonly OSFamily WINDOWS_SERVER_20H2_CORE = new("WINDOWS_SERVER_20H2_CORE");
    public static readonly OSFamily LINUX = new("LINUX");

    public static OSFamily FindValue(string value) => FindValue<OSFamily>(value);

    public static implicit operator OSFamily(string value) => FindValue(value);
}

/// <summary>ECS API reference, PidMode.</summary>
public class PidMode(string value) : ConstantClass(value)
{
    public static readonly PidMode Host = new("host");
    public static readonly PidMode Task = new("task");

    public static PidMode FindValue(string value) => FindValue<PidMode>(value);

    public static implicit operator PidMode(string value) => FindValue(value);
}

/// <summary>ECS API reference, TaskDefinitionField.</summary>
public class TaskDefinitionField(string value) : ConstantClass(value)
{
    public static readonly TaskDefinitionField TAGS = new("TAGS");

    public static TaskDefinitionField FindValue(string value) => FindValue<TaskDefinitionField>(value);

    public static implicit operator TaskDefinitionField(string value) => FindValue(value);
}

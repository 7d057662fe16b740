namespace Amazon.ECS.Model;

/// <summary>A volume of a task definition. ECS API reference, Volume.</summary>
public class Volume
{
    public bool? ConfiguredAtLaunch { get; set; }

    public DockerVolumeConfiguration? DockerVolumeConfiguration { get; set; }

    public EFSVolumeConfiguration? EfsVolumeConfiguration { get; set; }

    public FSxWindowsFileServerVolumeConfiguration? FsxWindowsFileServerVolumeConfiguration { get; set; }

    public HostVolumeProperties? Host { get; set; }

    public string? Name { get; set; }

    public S3FilesVolumeConfiguration? S3filesVolumeConfiguration { get; set; }
}

/// <summary>A Docker volume. ECS API reference, DockerVolumeConfiguration.</summary>
public class DockerVolumeConfiguration
{
    public bool? Autoprovision { get; set; }

    public string? Driver { get; set; }

    public Dictionary<string, string>? DriverOpts { get; set; }

    public Dictionary<string, string>? Labels { get; set; }

    public Scope? Scope { get; set; }
}

/// <summary>A volume on EFS. ECS API reference, EFSVolumeConfiguration.</summary>
public class EFSVolumeConfiguration
{
    public EFSAuthorizationConfig? AuthorizationConfig { get; set; }

    public string? FileSystemId { get; set; }

    public string? RootDirectory { get; set; }

    public EFSTransitEncryption? TransitEncryption { get; set; }

    public int? TransitEncryptionPort { get; set; }
}

/// <summary>How an EFS volume is mounted. ECS API reference, EFSAuthorizationConfig.</summary>
public class EFSAuthorizationConfig
{
    public string? AccessPointId { get; set; }

    public EFSAuthorizationConfigIAM? Iam { get; set; }
}

/// <summary>A volume on FSx. ECS API reference, FSxWindowsFileServerVolumeConfiguration.</summary>
public class FSxWindowsFileServerVolumeConfiguration
{
    public FSxWindowsFileServerAuthorizationConfig? AuthorizationConfig { get; set; }

    public string? FileSystemId { get; set; }

    public string? RootDirectory { get; set; }
}

/// <summary>How an FSx volume is mounted. ECS API reference, FSxWindowsFileServerAuthorizationConfig.</summary>
public class FSxWindowsFileServerAuthorizationConfig
{
    public string? CredentialsParameter { get; set; }

    public string? Domain { get; set; }
}

/// <summary>A folder of the host. ECS API reference, HostVolumeProperties.</summary>
public class HostVolumeProperties
{
    public string? SourcePath { get; set; }
}

/// <summary>A volume on S3 Files. ECS API reference, S3FilesVolumeConfiguration.</summary>
public class S3FilesVolumeConfiguration
{
    public string? AccessPointArn { get; set; }

    public string? FileSystemArn { get; set; }

    public string? RootDirectory { get; set; }

    public int? TransitEncryptionPort { get; set; }
}

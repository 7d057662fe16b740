namespace Amazon.ECS.Model;

/// <summary>Settings of Linux; sizes are in MiB. ECS API reference, LinuxParameters.</summary>
public class LinuxParameters
{
    public KernelCapabilities? Capabilities { get; set; }

    public List<Device>? Devices { get; set; }

    public bool? InitProcessEnabled { get; set; }

    public int? MaxSwap { get; set; }

    public int? SharedMemorySize { get; set; }

    public int? Swappiness { get; set; }

    public List<Tmpfs>? Tmpfs { get; set; }
}

/// <summary>Capabilities beside the default ones. ECS API reference, KernelCapabilities.</summary>
public class KernelCapabilities
{
    public List<string>? Add { get; set; }

    public List<string>? Drop { get; set; }
}

/// <summary>A device of the host. ECS API reference, Device.</summary>
public class Device
{
    public string? ContainerPath { get; set; }

    public string? HostPath { get; set; }

    public List<string>? Permissions { get; set; }
}

/// <summary>A file system in memory; its size is in MiB. ECS API reference, Tmpfs.</summary>
public class Tmpfs
{
    public string? ContainerPath { get; set; }

    public List<string>? MountOptions { get; set; }

    public int? Size { get; set; }
}

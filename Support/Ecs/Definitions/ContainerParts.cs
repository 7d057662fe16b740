using System.Collections.Immutable;

namespace Support.Ecs.Definitions;

/// <summary>A limit of processes (ECS API reference, Ulimit).</summary>
/// <param name="Name">As <c>nofile</c>.</param>
/// <param name="Soft">What is in force; .NET raises it to the hard one when it starts. Null: not given.</param>
/// <param name="Hard">What a process may raise it to. Null: not given.</param>
public sealed record Ulimit(string Name, int? Soft, int? Hard);

/// <summary>A kernel setting (ECS API reference, SystemControl).</summary>
/// <param name="Namespace">As <c>net.ipv4.ip_local_port_range</c>.</param>
/// <param name="Value">As <c>1024 65535</c>.</param>
public sealed record SystemControl(string Namespace, string Value);

/// <summary>A variable (ECS API reference, KeyValuePair).</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value of a setting of the suite that holds no secret; else null.</param>
public sealed record Variable(string Name, string? Value);

/// <summary>Where the output of a container goes (ECS API reference, LogConfiguration).</summary>
/// <param name="Driver">As <c>awslogs</c>.</param>
/// <param name="Options">The options of awslogs, <c>mode</c> and <c>max-buffer-size</c>; those of other drivers may be secret and are left out.</param>
public sealed record LogConfiguration(string Driver, ImmutableDictionary<string, string> Options);

/// <summary>A port that can be reached from outside (ECS API reference, PortMapping).</summary>
/// <param name="ContainerPort">The port in the container; null where none, or a range, is given.</param>
/// <param name="HostPort">The port of the host; null or 0: the same, or any under bridge.</param>
public sealed record PortMapping(int? ContainerPort, int? HostPort);

/// <summary>Something mounted into a container.</summary>
/// <param name="Path">The folder in the container.</param>
/// <param name="Volume">The volume's name; null for memory (tmpfs).</param>
/// <param name="ReadOnly">Whether it can't be written.</param>
public sealed record MountPoint(string Path, string? Volume, bool ReadOnly);

/// <summary>What a container waits for (ECS API reference, ContainerDependency).</summary>
/// <param name="Container">The name of the other container.</param>
/// <param name="Condition">START, COMPLETE, SUCCESS or HEALTHY.</param>
public sealed record ContainerDependency(string Container, string Condition);

/// <summary>How ECS asks whether a container is well (ECS API reference, HealthCheck). Null: not given.</summary>
/// <param name="Command">Starts with CMD or CMD-SHELL.</param>
/// <param name="Interval">Seconds between two; 5 to 300, default 30.</param>
/// <param name="Timeout">Seconds for an answer; 2 to 60, default 5.</param>
/// <param name="Retries">Failures in a row that count as unwell; 1 to 10, default 3.</param>
/// <param name="StartPeriod">Seconds at the start in which failures don't count; 0 to 300, default off.</param>
public sealed record HealthCheck(ImmutableArray<string> Command, int? Interval, int? Timeout, int? Retries, int? StartPeriod);

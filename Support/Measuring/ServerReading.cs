namespace Support.Measuring;

/// <summary>What could be read of a server on this machine at the count; null is "not known".</summary>
public sealed record ServerReading
{
    /// <summary>The program's name, as in <c>nginx</c>.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// How many processes belong to it: those that share its listener, and their children; 0 where it has ended and its
    /// control group still tells.
    /// </summary>
    public int Processes { get; init; }

    /// <summary>Open descriptors of the process that has the least left.</summary>
    public int? Descriptors { get; init; }

    /// <summary>The limit of that process (<c>Max open files</c>, soft); null where not known or unlimited.</summary>
    public long? DescriptorLimit { get; init; }

    /// <summary>
    /// The highest hard limit of open files that one of its processes has; null where not known or unlimited.
    /// </summary>
    public long? DescriptorHardLimit { get; init; }

    /// <summary>Resident memory of all its processes, in bytes; pages that they share count in each.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>
    /// Processor time of all its processes in the step, in seconds; that of a child that ended counts once its parent
    /// waited for it.
    /// </summary>
    public double? CpuSeconds { get; init; }

    /// <summary>
    /// Connections that the kernel dropped in the step because an accept queue was full (<c>ListenOverflows</c>); of
    /// the whole network namespace.
    /// </summary>
    public long? ListenOverflows { get; init; }

    /// <summary>
    /// Its control group, where that is its own and not the suite's as well; null where it has none or that cannot be
    /// read.
    /// </summary>
    public ServerGroup? Group { get; init; }
}

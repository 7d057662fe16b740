namespace Support.Targets;

/// <summary>A program of this repository that the suite runs as a process of its own.</summary>
/// <param name="Name">Its project and its assembly.</param>
/// <param name="Purpose">What it is to the suite, for messages.</param>
/// <param name="Otherwise">What a user can do where it cannot be built; empty for nothing.</param>
public sealed record Companion(string Name, string Purpose, string Otherwise)
{
    /// <summary>The server that is measured where no other is named.</summary>
    public static Companion TargetServer { get; } = new("TargetServer", "the embedded target", ", or set Target.Url to a server of your own");

    /// <summary>The process that holds the connections.</summary>
    public static Companion PoolWorker { get; } = new("PoolWorker", "the worker that holds the connections", "");
}

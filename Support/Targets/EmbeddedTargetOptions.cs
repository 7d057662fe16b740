using System.Collections.Immutable;

namespace Support.Targets;

/// <summary>How the embedded target is started.</summary>
public sealed record EmbeddedTargetOptions
{
    /// <summary>TargetServer's own options, as in <c>--cap</c>, <c>350</c>; <c>--with-parent</c> is always added. Default: none.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>The server's assembly; null looks it up (<see cref="CompanionLocator"/>). Default: null.</summary>
    public string? ServerFile { get; init; }

    /// <summary>How long the server may take to listen. Default: 30 s, which a cold start on a busy machine stays far below.</summary>
    public TimeSpan StartDeadline { get; init; } = TimeSpan.FromSeconds(30);
}

namespace Support.Targets;

/// <summary>A server that the suite starts itself.</summary>
/// <param name="Line">The shell command that starts it; it must stay in the foreground.</param>
/// <param name="Url">Where it answers then; <c>ws</c> or <c>wss</c>, on this machine.</param>
/// <param name="Directory">The folder that it is run in, absolute.</param>
public sealed record ServerCommand(string Line, Uri Url, string Directory)
{
    /// <summary>How long it may take to answer its first handshake. Default: 60 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Who answers at its port already: connections would go there, and that server's limit would be told as this one's. Null where nobody does.</summary>
    public string? WhyTaken() => TargetEndPoint.Of(Url) is { } endPoint && LocalListener.FindProcessIds(endPoint) is [var other, ..]
        ? FormattableString.Invariant($"{Url.Authority} is taken by process {other}, and connections would go there. End it, or give Target.Url and Target.Command another port.")
        : null;
}

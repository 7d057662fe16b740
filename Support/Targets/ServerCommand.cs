using System.Collections.Immutable;
using System.Net;

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
    public string? WhyTaken() => WhyTaken(LocalListener.Rows(), LocalListener.FindProcessIds);

    /// <summary>As <see cref="WhyTaken()"/>, by a table of sockets and a look-up of their owners, which are not told of another user's.</summary>
    internal string? WhyTaken(ImmutableArray<TcpRow> rows, Func<IPEndPoint, ImmutableArray<int>> owners)
    {
        if (TargetEndPoint.AllOf(Url).FirstOrDefault(endPoint => !LocalListener.ListenersAt(endPoint, rows).IsEmpty) is not { } taken)
            return null;
        var owner = owners(taken) is [var other, ..] ? FormattableString.Invariant($"process {other}") : "a process that this user may not see";
        return FormattableString.Invariant($"{Url.Authority} is taken by {owner}, which listens at {taken}, and connections would go there. ")
            + "End it, or give Target.Url and Target.Command another port.";
    }
}

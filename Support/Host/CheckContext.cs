using Support.Settings;

namespace Support.Host;

/// <summary>What the checks need; the machine is read once, by the first check that runs, and shared.</summary>
internal sealed class CheckContext
{
    private readonly Lazy<Task<EnvironmentFacts>> facts;

    /// <summary>A context in which nothing was read yet.</summary>
    public CheckContext() => facts = new(() => Reader.ReadAsync(TargetUrl, TargetPid, CancellationToken.None));

    /// <summary>Everything that a user can set.</summary>
    public required CapacitySettings Settings { get; init; }

    /// <summary>The most that any step wants; 1 to 1,000,000.</summary>
    public required int LadderTop { get; init; }

    /// <summary>One real handshake with the target, with its own deadline; the check gives up after 30 s.</summary>
    public required Func<CancellationToken, Task<HandshakeProbe>> Handshake { get; init; }

    /// <summary>
    /// Where connections really go to: the setting's URL, or where the embedded target listens, else null.
    /// </summary>
    public Uri? TargetUrl
    {
        get => field ?? Settings.Target.Url;
        init;
    }

    /// <summary>The process id of the target, where it runs on this machine; else null.</summary>
    public int? TargetPid { get; init; }

    /// <summary>Reads the machine. Default: this one.</summary>
    public EnvironmentReader Reader { get; init; } = new();

    /// <summary>The clock of the handshake's deadline. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The least step: below it the ladder can't even start.</summary>
    internal int FirstStep =>
        Settings.Ladder.Steps.IsDefaultOrEmpty ? LadderTop : Math.Min(Settings.Ladder.Steps[0], LadderTop);

    /// <summary>The machine as it was when this was first asked for.</summary>
    /// <param name="cancellationToken">Ends this caller's wait; the reading goes on for the others.</param>
    public Task<EnvironmentFacts> FactsAsync(CancellationToken cancellationToken) =>
        facts.Value.WaitAsync(cancellationToken);
}

/// <summary>How one real handshake with the target went.</summary>
/// <param name="Ok">Whether the target answered as RFC 6455, 4.1 wants.</param>
/// <param name="Actual">Without secrets: the failure's class and what the peer said, or how long it took.</param>
/// <param name="Next">What to do; empty where nothing is to be done.</param>
internal record HandshakeProbe(bool Ok, string Actual, string Next);

namespace Support.Run;

/// <summary>Whether the run was stopped from outside, and by what.</summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();

    /// <summary>What stopped the run, as in <c>SIGTERM</c>; null where nothing did.</summary>
    public string? By { get; private set; }

    /// <summary>Cancelled when the run is stopped.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>
    /// Stops what is measured now; what was measured until then stays, and the run is red. The first reason counts.
    /// </summary>
    public void Stop(string by)
    {
        Note(by);
        source.Cancel();
    }

    /// <summary>Notes that the run ends early, where nothing is left to stop.</summary>
    public void Note(string by) => By ??= by;

    /// <inheritdoc />
    public void Dispose() => source.Dispose();
}

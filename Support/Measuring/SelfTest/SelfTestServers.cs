using System.Globalization;
using Support.Targets;

namespace Support.Measuring.SelfTest;

/// <summary>
/// The two servers of the self-test. They start side by side, and may do so while something else goes on.
/// </summary>
internal sealed class SelfTestServers : IAsyncDisposable
{
    // The certificate that TLS needs is trusted unseen on loopback, so nobody has to read it.
    private static readonly string Nowhere = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    private readonly CancellationTokenSource ended = new();

    // Set by whoever disposes first: the reading, or the end of a run that never read.
    private int isDisposed;

    private SelfTestServers(SelfTestDraw draw, bool tls)
    {
        (Draw, Tls) = (draw, tls);
        Cap = StartAsync("--cap", Number(draw.Cap));
        Drops = StartAsync("--drop-after", "request", "--drop-mode", "fin", "--drop-share", Number(draw.DropShare),
            "--seed", Number(draw.Seed));
    }

    /// <summary>What the servers were told, and the pool is not.</summary>
    internal SelfTestDraw Draw { get; }

    /// <summary>Whether they speak TLS.</summary>
    internal bool Tls { get; }

    /// <summary>The one with a hidden cap.</summary>
    internal Task<EmbeddedTarget> Cap { get; }

    /// <summary>The one that drops.</summary>
    internal Task<EmbeddedTarget> Drops { get; }

    /// <summary>
    /// Starts both; returns at once. A server that cannot be started is told by the reading that it was for.
    /// </summary>
    /// <param name="draw">What the servers are told, and the pool is not.</param>
    /// <param name="tls">Whether to read over TLS, as a run against a <c>wss</c> target does.</param>
    public static SelfTestServers Start(SelfTestDraw draw, bool tls)
    {
        ArgumentNullException.ThrowIfNull(draw);
        return new(draw, tls);
    }

    /// <summary>Ends both, whether they have started or not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
            return;
        await ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(EndAsync(Cap), EndAsync(Drops)).ConfigureAwait(false);
        ended.Dispose();
    }

    private Task<EmbeddedTarget> StartAsync(params ReadOnlySpan<string> arguments) => EmbeddedTarget.StartAsync(
        new() { Arguments = Tls
            ? [.. arguments, "--self-signed", Nowhere]
            : [.. arguments], StartDeadline = SelfTestDeadline.Longest }, ended.Token);

    private static async Task EndAsync(Task<EmbeddedTarget> starting)
    {
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
            await (await starting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}

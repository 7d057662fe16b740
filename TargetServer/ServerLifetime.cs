using System.Runtime.InteropServices;

namespace TargetServer;

/// <summary>When the server ends: with SIGTERM, with SIGINT, or with its parent.</summary>
internal sealed class ServerLifetime(
    ServerOptions options, IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    // Written by WaitForStartAsync only.
    private readonly List<PosixSignalRegistration> signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop));

        // Ctrl+C reaches every process of the terminal's group. Ending here would look like mass loss to a suite that
        // is still writing what it measured; it ends its target itself.
        signals.Add(PosixSignalRegistration.Create(
            PosixSignal.SIGINT, options.WithParent ? signal => signal.Cancel = true : Stop));

        if (options.WithParent)
            new Thread(WatchParent) { IsBackground = true, Name = "Parent" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        application.StopApplication();
    }

    /// <summary>
    /// The kernel closes the pipe's other end when the parent dies, whatever killed it; nothing is ever sent through
    /// it.
    /// </summary>
    private void WatchParent()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[64];
        while (input.Read(ignored) > 0)
        {
        }

        application.StopApplication();
    }
}

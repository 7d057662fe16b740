using Support.Host;
using Support.Pool;
using Support.Targets;

namespace Support.Run;

/// <summary>How servers are started and asked; what a test replaces that has none.</summary>
internal interface ITargetHost
{
    /// <summary>Starts the embedded target.</summary>
    Task<IEmbeddedServer> StartEmbeddedAsync(CancellationToken cancellationToken);

    /// <summary>Starts a server by its command, as <see cref="ServerProcess.StartAsync"/>.</summary>
    Task<IServerProcess> StartAsync(
        ServerCommand command, GroupLimits? limits, CgroupDriver driver, Func<CancellationToken, Task<bool>> answers,
        CancellationToken cancellationToken);

    /// <summary>One real handshake, as <see cref="HandshakeCheck.RunAsync"/>.</summary>
    Task<HandshakeAnswer> HandshakeAsync(PoolOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a server can be put into a control group here, as <see cref="CgroupSupport.ProbeAsync()"/>.
    /// </summary>
    Task<CgroupSupport> GroupsAsync();
}

/// <summary>This machine.</summary>
internal sealed class TargetHost : ITargetHost
{
    public async Task<IEmbeddedServer> StartEmbeddedAsync(CancellationToken cancellationToken) =>
        await EmbeddedTarget.StartAsync(new EmbeddedTargetOptions(), cancellationToken).ConfigureAwait(false);

    public async Task<IServerProcess> StartAsync(
        ServerCommand command, GroupLimits? limits, CgroupDriver driver, Func<CancellationToken, Task<bool>> answers,
        CancellationToken cancellationToken) =>
        await ServerProcess.StartAsync(command, limits, driver, answers, cancellationToken).ConfigureAwait(false);

    public Task<HandshakeAnswer> HandshakeAsync(PoolOptions options, CancellationToken cancellationToken) =>
        HandshakeCheck.RunAsync(options, cancellationToken);

    public Task<CgroupSupport> GroupsAsync() => CgroupSupport.ProbeAsync();
}

using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>Who answers for a server in a real control group of this machine; ignored where none can be made.</summary>
[Platform("Linux")]
[OneAtATime("control groups")]
internal sealed class GroupMembersTests
{
    [Test, CancelAfter(60_000)]
    public async Task A_server_outside_of_the_group_is_not_taken_for_the_one_in_it(CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        using var elsewhere = new TcpListener(IPAddress.IPv6Loopback, own.Url.Port);
        var command =
            own.Command("exec sleep 600") with { Url = new($"ws://localhost:{own.Url.Port}/chat?token=secret") };
        Task<bool> Answers(CancellationToken token)
        {
            elsewhere.Start();
            return Task.FromResult(true);
        }

        var failure = Assert.ThrowsAsync<ServerStartException>(
            () => ServerProcess.StartAsync(command, ServerRun.Small, ServerRun.Way(), Answers, cancellationToken))!;
        elsewhere.Stop();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Message, Does.Contain($"/chat?token=*** from process {Environment.ProcessId}, which "
                + "is not in the control group").And.Contain("docker run"));
            Assert.That((failure.IsOfServer, failure.End), Is.EqualTo((false, (ServerEnd?)null)));
        }

        await using var ungrouped = await ServerProcess.StartAsync(
            command, null, CgroupDriver.None, Answers, cancellationToken);
        Assert.That(ungrouped.HasEnded, Is.False, "Without limits nobody asks.");
    }

    [Test, CancelAfter(60_000)]
    public async Task A_worker_of_the_server_may_listen_for_it(CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        var command = own.Command($"dotnet '{TargetRun.ServerFile}' --port {own.Url.Port} & wait");
        await using var server = await ServerProcess.StartAsync(
            command, ServerRun.Small with
            {
                MemoryBytes = 512L << 20,
                CpuUnits = 1024,
                DescriptorsSoft = 1024,
                DescriptorsHard = 1024,
            }, ServerRun.Way(), token => ServerRun.ListensAsync(own.Url, token), cancellationToken);

        Assert.That(
            LocalListener.FindProcessId(new(IPAddress.Loopback, own.Url.Port)),
            Is.Not.Null.And.Not.EqualTo(server.ProcessId));
    }
}

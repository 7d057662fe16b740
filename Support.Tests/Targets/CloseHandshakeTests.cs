using System.Buffers.Binary;
using System.Net.NetworkInformation;
using NUnit.Framework;
using Support.Host;
using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>
/// Who closes first keeps the port for a minute: a server that leaves that to its clients uses up their ports.
/// </summary>
internal sealed class CloseHandshakeTests
{
    [TestCase(new byte[] { 0x03, 0xE8 }, 1000)]
    [TestCase(new byte[] { 0x03, 0xE9 }, 1001)]
    [TestCase(new byte[0], 1000)] // .NET reads a close without a code as 1000
    [CancelAfter(30_000)]
    public async Task The_server_answers_a_close_and_then_its_fin_comes_first(byte[] code, int answered)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var target = await TargetRun.StartAsync(cancellationToken);
        var client = await RawClient.OpenAsync(target.Url, cancellationToken);

        await client.SendAsync(RawClient.CloseFrame, code, cancellationToken);
        var answer = await client.ReceiveAsync(cancellationToken);
        var end = await client.ReceiveAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer?.Opcode, Is.EqualTo(RawClient.CloseFrame));
            Assert.That(BinaryPrimitives.ReadUInt16BigEndian(answer?.Payload), Is.EqualTo(answered));
            Assert.That(end, Is.Null, "TCP's end, while this side has not closed yet");
        }

        client.Dispose();
    }

    [Test, Platform("Linux"), CancelAfter(30_000)]
    public async Task Time_wait_stays_with_the_server(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);
        var client = await RawClient.OpenAsync(target.Url, cancellationToken);
        var port = client.Local.Port;

        await client.SendAsync(RawClient.CloseFrame, [0x03, 0xE8], cancellationToken);
        while (await client.ReceiveAsync(cancellationToken) is not null)
        {
        }

        client.Dispose();
        var waiting = await WaitingAsync(target.Url.Port, port, cancellationToken);

        Assert.That(waiting, Is.EqualTo(new[] { target.Url.Port }), "local ports in TIME_WAIT between the two");
    }

    /// <summary>The local ports of this connection's ends in TIME_WAIT, once there is one.</summary>
    private static async Task<int[]> WaitingAsync(int serverPort, int clientPort, CancellationToken cancellationToken)
    {
        int[] found = [];
        await TargetRun.UntilAsync(
            () =>
            {
                found = [.. TcpTable.Rows(TcpState.TimeWait)
                    .Where(row => Joins(row, serverPort, clientPort)).Select(row => row.Local.Port)];
                return Task.FromResult(found.Length > 0);
            },
            cancellationToken);
        return found;
    }

    private static bool Joins(TcpRow row, int one, int other) =>
        (row.Local.Port == one && row.Remote.Port == other) || (row.Local.Port == other && row.Remote.Port == one);
}

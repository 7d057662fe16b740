using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>A pool that takes the last descriptor leaves enough for the process that it lives in.</summary>
[Platform("Linux", Reason = "The descriptors are counted in /proc.")]
[NonParallelizable]
internal sealed class DescriptorTests
{
    private static int Open => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

    [Test]
    public void The_reserve_is_given_back_once_however_often_it_is_asked_for()
    {
        var before = Open;
        var reserve = DescriptorReserve.Take();
        var with = Open;
        reserve.Dispose();
        reserve.Dispose();

        using (Assert.EnterMultipleScope())
        {
            // Others in this process come and go by one or two.
            Assert.That(with - before, Is.EqualTo(DescriptorReserve.Size).Within(8));
            Assert.That(Open - before, Is.Zero.Within(8));
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task While_opening_the_reserve_is_held_and_afterwards_it_is_free(CancellationToken cancellationToken)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FaultServer.Start(async (peer, stop) =>
        {
            await go.Task.WaitAsync(stop);
            await GoodServer.Echo(peer, stop);
        });
        await using var pool = await TestPool.CreateAsync(TestPool.Options(server), cancellationToken);
        var before = Open;
        var opening = pool.OpenAsync(1, cancellationToken);
        await TestPool.UntilAsync(() => server.Peers.Count == 1, cancellationToken);
        var during = Open;
        go.SetResult();
        await opening;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(during - before, Is.EqualTo(DescriptorReserve.Size).Within(8));
            Assert.That(Open - before, Is.Zero.Within(8));
        }
    }
}

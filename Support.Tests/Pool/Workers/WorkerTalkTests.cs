using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;
using Support.Pool;
using Support.Pool.Workers;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool.Workers;

/// <summary>
/// What the suite makes of a worker's lines, whatever their order, and of a worker that says nothing any more.
/// </summary>
[Platform("Linux", Reason = "A shell plays the worker.")]
internal sealed class WorkerTalkTests
{
    // Answers, and tells counts after it that were taken before.
    private static readonly string Late = $"""
        echo '{Line(new(WorkerSays.Hello) { Hello = new(DescriptorLimit: null) })}'
        while read -r line; do
          case $line in
            *'"Act":"Read"'*) printf '%s\n%s\n' '{Line(Told(WorkerSays.Done, 5))}' '{Line(Told(WorkerSays.Counts, 4))}' ;;
            *) echo '{Line(new(WorkerSays.Done))}' ;;
          esac
        done
        """;

    [Test]
    [CancelAfter(60_000)]
    public async Task Counts_that_come_after_an_answer_do_not_take_its_place(CancellationToken cancellationToken)
    {
        await using var crew = new WorkerPools(TimeProvider.System) { Start = Teller };
        await using var pool = await crew.CreateAsync(
            TestPool.Options(new Uri("ws://127.0.0.1:9/")), 1, cancellationToken);
        for (var reading = 0; reading < 20; reading++)
            Assert.That((await pool.ReadAsync()).Counts, Is.EqualTo(new PoolCounts(5, 5, 5)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_question_after_the_end_is_not_waited_for(CancellationToken cancellationToken)
    {
        await using var crew = TestWorkers.Of();
        var worker = await crew.HireAsync(cancellationToken);
        await TestWorkers.KillAsync(worker.ProcessId, cancellationToken);
        await TestPool.UntilAsync(() => worker.End is not null, cancellationToken);

        Assert.That(
            await worker.AskAsync(new(WorkerAct.Read), CancellationToken.None).WaitAsync(cancellationToken), Is.Null);
        await worker.DisposeAsync();
    }

    private static WorkerReply Told(
        WorkerSays says, int count) => new(says) { Facts = new() { Counts = new(count, count, count) } };

    private static string Line(WorkerReply reply) => JsonSerializer.Serialize(reply, WorkerJson.Default.WorkerReply);

    private static ProcessStartInfo Teller() => new("/bin/sh", ImmutableArray.Create("-c", Late))
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}

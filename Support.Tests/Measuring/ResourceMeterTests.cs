using NUnit.Framework;
using Support.Host;
using Support.Measuring;

namespace Support.Tests.Measuring;

internal sealed class ResourceMeterTests
{
    private static readonly ResourceReading Nothing = new(null, null, null, null, null, null, null);

    private static readonly ResourceReading Before = new(
        new(1000, TimeSpan.FromSeconds(2), 50), null, new(5000, TimeSpan.FromSeconds(7), 60), 10_000, new(4096, 5, 1),
        70_000, 0);

    private static readonly ResourceReading Held = new(
        new(1500, TimeSpan.FromSeconds(2.5), 150), null, new(5900, TimeSpan.FromSeconds(8), null), 20_000,
        new(8192, 105, 2), 69_000, 100);

    [Test]
    public void A_cost_is_the_difference_of_what_adds_up_and_the_state_of_what_does_not()
    {
        var cost = ResourceMeter.Between(Before, Held);
        Assert.That(cost, Is.EqualTo(new StepResources
        {
            Suite = new(0.5, 1000, 1500, 150),
            Target = new(1, 5000, 5900, null),
            CgroupBytes = 20_000,
            KernelSocketBytes = 8192,
            SlabDeltaBytes = -1000,
            TargetOpen = 100,
        }));
    }

    [Test]
    public void What_one_of_the_two_did_not_know_is_not_known_and_not_zero()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ResourceMeter.Between(Nothing, Nothing), Is.EqualTo(new StepResources()));
            Assert.That(ResourceMeter.Between(Before, Nothing), Is.EqualTo(new StepResources()));
            Assert.That(
                ResourceMeter.Between(Nothing, Held),
                Is.EqualTo(new StepResources { CgroupBytes = 20_000, KernelSocketBytes = 8192, TargetOpen = 100 }));
            Assert.That(
                ResourceMeter.Between(Before, Held with { Sockets = new(null, 5, 0) }).KernelSocketBytes, Is.Null);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task The_own_process_is_read_and_a_process_that_is_gone_is_not_known(
        CancellationToken cancellationToken)
    {
        var reading = await new ResourceMeter(int.MaxValue, null).ReadAsync(new([]), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Suite?.ResidentBytes, Is.Positive);
            Assert.That(reading.Target, Is.Null);
            Assert.That(reading.TargetOpen, Is.Null);
        }
    }
}

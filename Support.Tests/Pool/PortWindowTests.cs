using NUnit.Framework;
using Support.Host;
using Support.Pool.Linux;

namespace Support.Tests.Pool;

internal sealed class PortWindowTests
{
    [Test]
    public void Windows_move_by_one_port_and_stay_in_the_range()
    {
        var window = new PortWindow(new PortRange(32768, 60999, 0), start: 0);
        var seen = Enumerable.Range(0, 60_000)
            .Select(_ => window.Next()!.Value).Select(w => (Low: (int)(w & 0xFFFF), High: (int)(w >> 16))).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen[0], Is.EqualTo((32768, 32768 + PortWindow.Width - 1)));
            Assert.That(seen[1].Low, Is.EqualTo(32769));
            Assert.That(seen.Min(w => w.Low), Is.EqualTo(32768));
            Assert.That(seen.Max(w => w.High), Is.EqualTo(60999));
            Assert.That(seen.All(w => w.High - w.Low == PortWindow.Width - 1), Is.True);
        }
    }

    [TestCase(int.MaxValue)]
    [TestCase(28_231)]
    [TestCase(1)]
    public void Any_start_lies_in_the_range(int start)
    {
        var first = new PortWindow(new PortRange(32768, 60999, 0), start).Next()!.Value;

        Assert.That(
            (first & 0xFFFF, first >> 16),
            Is.EqualTo((Math.Clamp(first & 0xFFFF, 32768, 60999), Math.Clamp(first >> 16, 32768, 60999))));
    }

    [Test]
    public void A_range_that_is_unknown_or_small_is_left_to_the_kernel()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new PortWindow(null, 5).Next(), Is.Null);
            Assert.That(new PortWindow(new PortRange(40000, 40050, 0), 5).Next(), Is.Null);
        }
    }
}

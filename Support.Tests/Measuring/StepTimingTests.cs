using NUnit.Framework;
using Support.Measuring;

namespace Support.Tests.Measuring;

internal sealed class StepTimingTests
{
    // Seconds: hold, step, pong deadline; proof, opening.
    [TestCase(1, 90, 10, 10, 79)]
    [TestCase(1, 60, 10, 10, 49)]
    [TestCase(0, 40, 10, 10, 30)]
    [TestCase(1, 20, 10, 5, 14)] // no more than a quarter for the proof
    [TestCase(0, 1, 10, 0.25, 0.75)]
    [TestCase(35, 90, 10, 10, 45)]
    [TestCase(70, 90, 10, 10, 10)]
    [TestCase(80, 90, 10, 5, 5)] // what a long hold leaves is halved
    [TestCase(89, 90, 10, 0.5, 0.5)]
    public void The_steps_time_is_shared(double hold, double step, double pong, double proof, double open)
    {
        var timing = new StepTiming(TimeSpan.FromSeconds(hold), TimeSpan.FromSeconds(step));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(timing.PingTime(TimeSpan.FromSeconds(pong)).TotalSeconds, Is.EqualTo(proof));
            Assert.That(timing.OpenTime(TimeSpan.FromSeconds(pong)).TotalSeconds, Is.EqualTo(open));
            Assert.That(open + hold + proof, Is.LessThanOrEqualTo(step), "the step's deadline");
        }
    }
}

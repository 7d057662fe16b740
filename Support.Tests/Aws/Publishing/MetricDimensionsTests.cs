using NUnit.Framework;
using Support.Aws.Metrics;

namespace Support.Tests.Aws.Publishing;

internal sealed class MetricDimensionsTests
{
    [Test]
    public void What_is_not_known_is_left_out() => Assert.That(
        new MetricDimensions(null, "", " ", "aws").Known, Is.EqualTo(new[] { new MetricDimension("Profile", "aws") }));

    [Test]
    public void They_always_come_in_one_order_and_ARNs_become_names() => Assert.That(
        new MetricDimensions(
            "arn:aws:ecs:eu-west-1:123456789012:cluster/prod",
            "arn:aws:ecs:eu-west-1:123456789012:service/prod/chat",
            "256/512",
            "aws").Known.Select(known => (known.Name, known.Value)),
        Is.EqualTo(new[] { ("Cluster", "prod"), ("Service", "chat"), ("TaskSize", "256/512"), ("Profile", "aws") }));

    [TestCase(":colon", "_colon")]
    [TestCase("ünd\n\"x\\", "_nd__x_")]
    [TestCase(" trimmed ", "trimmed")]
    public void A_value_becomes_one_that_CloudWatch_takes(string value, string sent) =>
        Assert.That(new MetricDimensions(null, null, null, value).Known.Single().Value, Is.EqualTo(sent));

    [Test]
    public void A_long_value_is_cut() => Assert.That(
        new MetricDimensions(null, null, null, new string('x', 3000)).Known.Single().Value, Has.Length.EqualTo(255));
}

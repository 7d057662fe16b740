using NUnit.Framework;
using Support.Ecs;

namespace Support.Tests.Ecs;

internal sealed class EcsNamesTests
{
    [TestCase("chat", "chat")]
    [TestCase("arn:aws:ecs:eu-west-1:123456789012:service/prod/chat", "chat")]
    [TestCase("arn:aws:ecs:eu-west-1:123456789012:cluster/prod", "prod")]
    [TestCase(null, null)]
    public void A_dimension_wants_the_short_name(
        string? given, string? name) => Assert.That(EcsNames.ShortName(given), Is.EqualTo(name));

    [TestCase(
        "arn:aws:ecs:eu-west-1:123456789012:cluster/named",
        "arn:aws:ecs:eu-west-1:123456789012:service/prod/chat",
        "named")]
    [TestCase(null, "arn:aws:ecs:eu-west-1:123456789012:service/prod/chat", "prod")]
    [TestCase(null, "arn:aws:ecs:eu-west-1:123456789012:service/chat", "default")]
    [TestCase(null, "chat", "default")]
    [TestCase(null, null, "default")]
    public void The_cluster_is_the_one_that_is_named_else_that_of_the_service(
        string? cluster, string? service, string name) =>
        Assert.That(EcsNames.Cluster(cluster, service), Is.EqualTo(name));
}

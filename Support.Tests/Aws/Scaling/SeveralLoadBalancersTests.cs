using NUnit.Framework;
using Support.Aws;
using Support.Aws.Scaling;
using Support.Host;
using static Support.Tests.Aws.Scaling.ScalingSamples;

namespace Support.Tests.Aws.Scaling;

/// <summary>A service behind more than one load balancer.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class SeveralLoadBalancersTests
{
    [Test]
    public async Task Every_application_load_balancer_before_the_service_is_counted(CancellationToken cancellationToken)
    {
        static DeployedLoadBalancer At(string name) =>
            new(BalancerArn.Replace(Balancer, name, StringComparison.Ordinal), 120);
        var balancers = new DeployedLoadBalancing(
            [], [At("net/raw/1"), At(Balancer), At("app/inner/2"), At("app/other/3") with { IsOnlyNamed = true }]);
        var deployed = Good with { LoadBalancing = balancers };
        var finding = await RunAsync(deployed, cancellationToken);
        var own = await RunAsync(
            deployed with { AutoScaling = Scaled(new(3, 10, []), Own("own / tasks")) }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deployed.LoadBalancers, Is.EqualTo([Balancer, "app/inner/2"]));
            Assert.That(deployed.LoadBalancer, Is.EqualTo(Balancer));
            Assert.That((Good with { LoadBalancing = Balancing(null, At("net/raw/1")) }).LoadBalancer, Is.Null);
            Assert.That(finding, Has.Property("Outcome").EqualTo(CheckOutcome.Warning).And
                .Property("Actual").EndsWith("it does not count app/inner/2, which is before this service as well"));
            Assert.That(finding.Next, Does.Contain("\"Value\":\"app/inner/2\""));
            Assert.That(own.Outcome, Is.EqualTo(CheckOutcome.Passed), own.Actual);
        }
    }

    private static Task<Finding> RunAsync(
        DeployedScaling deployed, CancellationToken cancellationToken) => ScalingChecks
        .For(_ => Task.FromResult<Reading<DeployedScaling>?>(deployed), () => Planned, given: Given)
        .Single(check => check.Id == "Scaling.ConnectionsPolicy").RunAsync(cancellationToken);
}

using NUnit.Framework;
using Support.Plan;
using Support.Settings;

namespace Support.Tests.Plan;

internal sealed class LoadBalancerPriceTests
{
    [Test]
    public void A_hundred_thousand_idle_connections_are_211_dollars_a_month()
    {
        var units = LoadBalancerPrice.UnitsFor(100_000, new() { MessageRate = 0 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(units, Is.EqualTo(33.333).Within(0.001));
            Assert.That(LoadBalancerPrice.For(new()).CostPerMonth(1, units), Is.EqualTo(211.09).Within(0.005));
        }
    }

    [Test]
    public void Bytes_are_billed_where_they_ask_for_more_than_connections() =>
        Assert.That(
            LoadBalancerPrice.UnitsFor(3_000, new() { MessageRate = 10, MessageBytes = 200 }),
            Is.EqualTo(22.464).Within(1e-9));

    [Test]
    public void What_is_set_goes_before_the_default_and_says_so()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(LoadBalancerPrice.For(new()), Is.EqualTo(new LoadBalancerPrice(
                0.0225, 0.008, "application load balancer, us-east-1, as published in April 2026")));
            Assert.That(
                LoadBalancerPrice.For(new() { LoadBalancerHour = 1, LcuHour = 2 }),
                Is.EqualTo(new LoadBalancerPrice(1, 2, "load balancer as set")));
            Assert.That(LoadBalancerPrice.For(new() { LoadBalancerHour = 1 }), Is.EqualTo(
                new LoadBalancerPrice(1, 0.008, "load balancer as set; its capacity units: application load balancer, "
                    + "us-east-1, as published in April 2026")));
            Assert.That(LoadBalancerPrice.For(new() { LcuHour = 2 }), Is.EqualTo(
                new LoadBalancerPrice(
                    0.0225,
                    2,
                    "capacity units as set; application load balancer, us-east-1, as published in April 2026")));
        }
    }

    [TestCase(1, 1)]
    [TestCase(1_000, 1)]
    [TestCase(1_001, 2)]
    public void A_load_balancer_takes_a_thousand_targets(
        long targets, long count) => Assert.That(LoadBalancerPrice.CountFor(targets), Is.EqualTo(count));
}

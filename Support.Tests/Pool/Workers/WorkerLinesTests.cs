using System.Net;
using System.Reflection;
using System.Text.Json;
using NUnit.Framework;
using Support.Pool;
using Support.Pool.Workers;

namespace Support.Tests.Pool.Workers;

internal sealed class WorkerLinesTests
{
    [Test]
    public void Options_come_through_as_they_were()
    {
        var options = new PoolOptions
        {
            Url = new("wss://example.test:8443/a?b=%20c"),
            Headers = [new("Authorization", "Bearer é\n\"x\"")],
            Subprotocol = "chat",
            CaFile = "ca.pem",
            Insecure = true,
            InFlight = 7,
            Rate = 2.5,
            SourceAddresses = [IPAddress.Parse("10.0.0.5"), IPAddress.Parse("fe80::1%2")],
            AttemptTimeout = TimeSpan.FromSeconds(3),
            PongTimeout = TimeSpan.FromSeconds(4),
            CloseTimeout = TimeSpan.FromSeconds(5),
            Portable = true,
            PortPhase = 0.25,
        };
        var command = new WorkerCommand(WorkerAct.Create)
        {
            Options = options,
            Addresses = new(
                [IPEndPoint.Parse("10.0.0.1:80"), IPEndPoint.Parse("[::1]:443")], TimeSpan.FromMilliseconds(5)),
        };

        var line = JsonSerializer.Serialize(command, WorkerJson.Default.WorkerCommand);
        var read = WorkerLines.Command(line)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line, Does.Not.Contain("\n"));
            foreach (var property in typeof(PoolOptions)
                .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(property => property.Name != "EqualityContract"))
                Assert.That(property.GetValue(read.Options), Is.EqualTo(property.GetValue(options)), property.Name);
            Assert.That(read.Addresses!.EndPoints, Is.EqualTo(command.Addresses!.EndPoints));
            Assert.That(read.Addresses.ResolveTime, Is.EqualTo(TimeSpan.FromMilliseconds(5)));
        }
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("{\"Act\":\"Dance\"}")]
    [TestCase("{\"Act\":\"Create\",\"Options\":{\"Url\":\"ws://a/\",\"SourceAddresses\":[\"nobody\"]}}")]
    [TestCase("Unhandled exception.")]
    public void What_is_no_command_is_none(string line)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(WorkerLines.Command(line)?.Options, Is.Null);
            Assert.That(WorkerLines.Reply(line)?.Facts, Is.Null);
        }
    }
}

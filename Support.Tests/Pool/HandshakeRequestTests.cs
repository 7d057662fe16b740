using System.Text;
using NUnit.Framework;
using Support.Pool;
using Support.Settings;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

internal sealed class HandshakeRequestTests
{
    private static readonly PoolOptions Plain = new() { Url = new("ws://example.test/") };

    [Test]
    public void The_accept_value_of_the_tests_is_that_of_the_RFC() =>
        Assert.That(UpgradeRequest.AcceptOf("dGhlIHNhbXBsZSBub25jZQ=="), Is.EqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));

    [Test]
    public void The_key_is_16_random_bytes_and_comes_with_its_accept_value()
    {
        var request = new HandshakeRequest(Plain);
        var keys = new HashSet<string>();
        for (var i = 0; i < 100; i++)
        {
            var (parsed, accept) = Write(request);
            keys.Add(parsed.Key);
            Assert.That(accept, Is.EqualTo(UpgradeRequest.AcceptOf(parsed.Key)));
            Assert.That(Convert.FromBase64String(parsed.Key), Has.Length.EqualTo(16));
        }

        Assert.That(keys, Has.Count.EqualTo(100));
    }

    [Test]
    public void The_request_is_that_of_the_RFC_and_no_more()
    {
        var (request, _) = Write(new(Plain));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Line, Is.EqualTo("GET / HTTP/1.1"));
            Assert.That(request.Headers.Keys, Is.EquivalentTo(
                ["Host", "Connection", "Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key"]));
            Assert.That(request.Headers["Connection"], Is.EqualTo("Upgrade"));
            Assert.That(request.Headers["Upgrade"], Is.EqualTo("websocket"));
            Assert.That(request.Headers["Sec-WebSocket-Version"], Is.EqualTo("13"));
        }
    }

    [TestCase("ws://example.test/", "example.test", "/")]
    [TestCase("ws://example.test", "example.test", "/")]
    [TestCase("ws://example.test:80/", "example.test", "/")]
    [TestCase("ws://example.test:8080/", "example.test:8080", "/")]
    [TestCase("wss://example.test:443/", "example.test", "/")]
    [TestCase("wss://example.test:80/", "example.test:80", "/")]
    [TestCase("ws://127.0.0.1:9/chat", "127.0.0.1:9", "/chat")]
    [TestCase("ws://[::1]:8080/", "[::1]:8080", "/")]
    [TestCase("ws://[2001:db8::1]/", "[2001:db8::1]", "/")]
    [TestCase("ws://bücher.test/", "xn--bcher-kva.test", "/")]
    [TestCase("ws://example.test/room/7?user=a%20b&x=1", "example.test", "/room/7?user=a%20b&x=1")]
    [TestCase("ws://example.test?x=1", "example.test", "/?x=1")]
    [TestCase("ws://example.test/straße", "example.test", "/stra%C3%9Fe")]
    public void Host_and_target_come_from_the_url(string url, string host, string target)
    {
        var (request, _) = Write(new(Plain with { Url = new(url) }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Headers["Host"], Is.EqualTo(host));
            Assert.That(request.Line, Is.EqualTo($"GET {target} HTTP/1.1"));
        }
    }

    [Test]
    public void Headers_and_the_subprotocol_are_sent()
    {
        var (request, accept) = Write(new(Plain with
        {
            Subprotocol = "chat.v2",
            Headers = [new HandshakeHeader("Authorization", "Bearer a:b=="), new HandshakeHeader("X-Größe", "ü")],
        }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Headers["Sec-WebSocket-Protocol"], Is.EqualTo("chat.v2"));
            Assert.That(request.Headers["Authorization"], Is.EqualTo("Bearer a:b=="));
            // What is not ASCII takes more bytes than characters, and the key must still be found in its place.
            Assert.That(accept, Is.EqualTo(UpgradeRequest.AcceptOf(request.Key)));
        }
    }

    private static (UpgradeRequest Request, string Accept) Write(HandshakeRequest request)
    {
        var bytes = new byte[request.Length];
        var accept = new byte[28];
        request.Write(bytes, accept);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.That(text, Does.EndWith("\r\n\r\n"));
        return (UpgradeRequest.Parse(text), Encoding.ASCII.GetString(accept));
    }
}

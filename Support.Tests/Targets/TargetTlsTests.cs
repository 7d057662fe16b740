using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using Support.Targets;

namespace Support.Tests.Targets;

internal sealed class TargetTlsTests
{
    private DirectoryInfo folder;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory();

    [TearDown]
    public void RemoveFolder() => folder.Delete(recursive: true);

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [CancelAfter(30_000)]
    public async Task A_self_signed_target_is_trusted_through_the_file_that_it_wrote(string host)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        var file = Path.Combine(folder.FullName, "ca.pem");
        await using var target = await TargetRun.StartAsync(cancellationToken, "--self-signed", file);

        await OpenAsync(new UriBuilder(target.Url) { Host = host }.Uri, file, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(target.Url.Scheme, Is.EqualTo("wss"));
            Assert.That(await File.ReadAllTextAsync(file, cancellationToken), Does.Not.Contain("PRIVATE"));
            Assert.That((await TargetRun.StatsAsync(target, cancellationToken)).Total, Is.EqualTo(1));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task A_target_shows_the_certificate_that_it_was_given(CancellationToken cancellationToken)
    {
        var (certificate, key) = (Path.Combine(folder.FullName, "cert.pem"), Path.Combine(folder.FullName, "key.pem"));
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=given", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem(), cancellationToken);
        await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem(), cancellationToken);

        await using var target = await TargetRun.StartAsync(
            cancellationToken, "--certificate", certificate, "--key", key);

        await OpenAsync(target.Url, certificate, cancellationToken);
        Assert.That((await TargetRun.StatsAsync(target, cancellationToken)).Total, Is.EqualTo(1));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_client_that_takes_its_time_is_no_failed_handshake(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken, "--self-signed", "/dev/null");
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                // Kestrel's own patience is 10 s.
                await Task.Delay(TimeSpan.FromSeconds(11), TimeProvider.System, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        };
        using var invoker = new HttpMessageInvoker(handler);
        using var client = new ClientWebSocket();

        await client.ConnectAsync(target.Url, invoker, cancellationToken);

        Assert.That((await TargetRun.StatsAsync(target, cancellationToken)).Open, Is.EqualTo(1));
    }

    private static async Task OpenAsync(Uri url, string trusted, CancellationToken cancellationToken)
    {
        using var client = new ClientWebSocket();
        using var authority = X509CertificateLoader.LoadCertificateFromFile(trusted);
        client.Options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            return !errors.HasFlag(System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch)
                && chain.Build((X509Certificate2)certificate!);
        };

        await client.ConnectAsync(url, cancellationToken);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        Assert.That(client.State, Is.EqualTo(WebSocketState.Closed));
    }
}

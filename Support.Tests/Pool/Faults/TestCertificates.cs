using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;

namespace Support.Tests.Pool.Faults;

/// <summary>Certificates made on the spot, each with the one flaw that a test wants.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    /// <summary>For 127.0.0.1, signed by itself.</summary>
    public static X509Certificate2 SelfSigned() =>
        SelfSigned(names => names.AddIpAddress(IPAddress.Loopback), Now.AddDays(30));

    /// <summary>For another host.</summary>
    public static X509Certificate2 ForAnotherName() =>
        SelfSigned(names => names.AddDnsName("other.test"), Now.AddDays(30));

    /// <summary>Expired yesterday.</summary>
    public static X509Certificate2 Expired() =>
        SelfSigned(names => names.AddIpAddress(IPAddress.Loopback), Now.AddDays(-1));

    /// <summary>A CA, and a certificate for 127.0.0.1 that it signed.</summary>
    public static (X509Certificate2 Authority, X509Certificate2 Leaf) FromAuthority()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Test CA", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var authority = authorityRequest.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(40));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leaf = Request(key, names => names.AddIpAddress(IPAddress.Loopback))
            .Create(authority, Now.AddDays(-9), Now.AddDays(30), [1, 2, 3, 4]);
        return (authority, leaf.CopyWithPrivateKey(key));
    }

    /// <summary>A server's options with a certificate.</summary>
    public static SslServerAuthenticationOptions ServerOptions(
        X509Certificate2 certificate) => new() { ServerCertificate = certificate };

    /// <summary>Writes certificates as a CA file for the time of the test.</summary>
    public static string WriteCaFile(params X509Certificate2[] certificates)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"ca-{Guid.NewGuid():N}.pem");
        File.WriteAllText(
            path, string.Join('\n', certificates.Select(certificate => certificate.ExportCertificatePem())));
        return path;
    }

    private static X509Certificate2 SelfSigned(Action<SubjectAlternativeNameBuilder> names, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(key, names).CreateSelfSigned(Now.AddDays(-20), until);
    }

    private static CertificateRequest Request(ECDsa key, Action<SubjectAlternativeNameBuilder> names)
    {
        var request = new CertificateRequest("CN=Test server", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        names(alternatives);
        request.CertificateExtensions.Add(alternatives.Build());
        return request;
    }
}

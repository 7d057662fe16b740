using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TargetServer;

/// <summary>The certificate of a TLS listener.</summary>
internal static class ServerCertificate
{
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    /// <exception cref="CryptographicException">A file is not what its option asks for.</exception>
    public static X509Certificate2? For(ServerOptions options, TimeProvider time)
    {
        if (options.SelfSignedFile is { } file)
        {
            var certificate = SelfSigned(time.GetUtcNow());
            File.WriteAllText(file, certificate.ExportCertificatePem() + "\n");
            return certificate;
        }

        return options.CertificateFile is null
            ? null
            : X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
    }

    /// <summary>Its own authority, so that trusting the one file is enough; its key never leaves the process.</summary>
    private static X509Certificate2 SelfSigned(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));

        // An hour back covers a clock that is a little behind in another container.
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(30));
    }
}

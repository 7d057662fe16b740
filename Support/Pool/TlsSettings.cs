using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Support.Pool;

/// <summary>
/// How the pool checks the target's certificate: the system's trust, and the user's CA file in addition.
/// </summary>
internal sealed class TlsSettings : IDisposable
{
    private readonly X509Certificate2Collection extra = [];
    private readonly bool insecure;
    private readonly string host;

    public TlsSettings(PoolOptions options)
    {
        host = options.Url.IdnHost;
        insecure = options.Insecure;
        if (options.CaFile is { } file)
            extra.ImportFromPemFile(file);
    }

    public SslClientAuthenticationOptions NewOptions(Action<string> because) => new()
    {
        TargetHost = host,
        // Clients that come back after a deployment have no session with the new tasks: each pays a whole handshake.
        AllowTlsResume = false,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(
            certificate, chain, errors, because),
    };

    public void Dispose()
    {
        foreach (var certificate in extra)
            certificate.Dispose();
    }

    private bool IsTrusted(
        X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, Action<string> because)
    {
        if (insecure || errors == SslPolicyErrors.None)
            return true;
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors
            && certificate is X509Certificate2 leaf && extra.Count > 0)
            return IsTrustedByExtra(leaf, chain, because);
        because(Describe(errors, chain));
        return false;
    }

    private bool IsTrustedByExtra(X509Certificate2 leaf, X509Chain? sent, Action<string> because)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(extra);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in sent?.ChainElements.Skip(1) ?? [])
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        if (chain.Build(leaf))
            return true;
        because(Describe(SslPolicyErrors.RemoteCertificateChainErrors, chain) + " (Target.CaFile included)");
        return false;
    }

    private static string Describe(SslPolicyErrors errors, X509Chain? chain)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "NoCertificate: the server sent none";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return "NameMismatch: the certificate is for another name";
        var status = chain?.ChainStatus.Select(s => s.Status).DefaultIfEmpty().Aggregate((a, b) => a | b)
            ?? X509ChainStatusFlags.NoError;
        return status.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? "NotTimeValid: the certificate is expired or not yet valid"
            : $"Untrusted: {status}; set Target.CaFile to the CA that signed it";
    }
}

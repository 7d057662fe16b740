using System.Net.Sockets;
using NUnit.Framework;
using Support.Pool;
using Support.Pool.Linux;

namespace Support.Tests.Pool;

/// <summary>Errors of the system that .NET has no name for.</summary>
internal sealed class UnnamedErrorTests
{
    private const int OutOfMemory = 12;
    private const int ProtocolError = 71;

    [Test]
    public void No_memory_is_this_clients_limit() =>
        Assert.That(
            SocketFailures.BeforeOpen(Libc.Named(OutOfMemory), "there").Class,
            Is.EqualTo(new FailureClass(FailureKind.ClientLimit, FailureDetail.Memory)));

    [Test]
    public void An_unknown_error_is_no_lack_of_memory_and_keeps_its_number()
    {
        var failure = SocketFailures.BeforeOpen(Libc.Named(ProtocolError), "there");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Class.Kind, Is.EqualTo(FailureKind.HarnessError));
            Assert.That(failure.Example, Does.Contain($"{ProtocolError}"));
        }
    }

    [Test]
    public void No_TLS_session_is_taken_up_again()
    {
        using var settings = new TlsSettings(new() { Url = new("wss://example.com/") });

        Assert.That(settings.NewOptions(_ => { }).AllowTlsResume, Is.False);
    }
}

using System.Net.Sockets;
using NUnit.Framework;
using Support.Pool;

namespace Support.Tests.Pool;

internal sealed class SocketFailuresTests
{
    // -1 is what .NET makes of ENOMEM.
    [TestCase(SocketError.TooManyOpenSockets, "ClientLimit(fd)", "file descriptors")]
    [TestCase(SocketError.AddressNotAvailable, "ClientLimit(ports)", "EADDRNOTAVAIL")]
    [TestCase(SocketError.AddressAlreadyInUse, "ClientLimit(ports)", "EADDRINUSE")]
    [TestCase(SocketError.AddressFamilyNotSupported, "EnvironmentFailure", "EAFNOSUPPORT")]
    [TestCase(SocketError.ConnectionRefused, "Refused", "nothing listens")]
    [TestCase(SocketError.TimedOut, "ConnectTimeout", "ETIMEDOUT")]
    [TestCase(SocketError.ConnectionReset, "ConnectReset", "reset")]
    [TestCase(SocketError.ConnectionAborted, "ConnectReset", "reset")]
    [TestCase(SocketError.Shutdown, "ConnectReset", "reset")]
    [TestCase(SocketError.HostUnreachable, "Unreachable", "HostUnreachable")]
    [TestCase(SocketError.NetworkUnreachable, "Unreachable", "NetworkUnreachable")]
    [TestCase(SocketError.AccessDenied, "Unreachable", "prohibits")]
    [TestCase(SocketError.InvalidArgument, "Unreachable", "discards")]
    [TestCase(SocketError.NoBufferSpaceAvailable, "ClientLimit(memory)", "ENOBUFS")]
    [TestCase((SocketError)(-1), "ClientLimit(memory)", "ENOMEM")]
    [TestCase(SocketError.OperationAborted, "HarnessError", "OperationAborted (995)")]
    public void An_error_before_the_connection_is_open_has_its_class(
        SocketError error, string expected, string fragment)
    {
        var failure = SocketFailures.BeforeOpen(error, "192.0.2.1:80");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Class.ToString(), Is.EqualTo(expected));
            Assert.That(failure.Example, Does.Contain(fragment));
        }
    }

    [TestCase(SocketError.ConnectionReset, "DroppedAbnormally(rst)")]
    [TestCase(SocketError.ConnectionAborted, "DroppedAbnormally(rst)")]
    [TestCase(SocketError.Shutdown, "DroppedAbnormally(rst)")]
    [TestCase(SocketError.TimedOut, "IdleLost")]
    [TestCase(SocketError.HostUnreachable, "Unreachable")]
    [TestCase(SocketError.NetworkUnreachable, "Unreachable")]
    [TestCase(SocketError.NoBufferSpaceAvailable, "ClientLimit(memory)")]
    [TestCase((SocketError)(-1), "ClientLimit(memory)")]
    [TestCase(SocketError.Fault, "HarnessError")]
    public void An_error_on_an_open_connection_has_its_class(SocketError error, string expected) =>
        Assert.That(SocketFailures.AfterOpen(error).Class.ToString(), Is.EqualTo(expected));

    [TestCase(999, "Interrupted")]
    [TestCase(1000, "HandshakeTimeout")]
    public void What_was_stopped_early_is_nobodys_fault(int milliseconds, string expected) =>
        Assert.That(SocketFailures.Stopped(
            AttemptStage.Upgrade,
            TimeSpan.FromMilliseconds(milliseconds),
            "192.0.2.1:80").Class.ToString(), Is.EqualTo(expected));
}

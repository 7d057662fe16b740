using NUnit.Framework;

namespace Support.Tests.Pool.Faults;

/// <summary>
/// Runs a fixture over each way to open connections in the clear: epoll, and .NET's sockets as on every other system.
/// </summary>
internal abstract class BothPaths(bool portable)
{
    /// <summary>
    /// Whether the tests use .NET's sockets although epoll may be there; <see cref="TestPool"/> asks.
    /// </summary>
    public bool Portable => portable;

    [SetUp]
    public void NeedsEpoll()
    {
        if (!portable && !OperatingSystem.IsLinux())
            Assert.Ignore("epoll is Linux's");
    }
}

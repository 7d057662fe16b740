using NUnit.Framework;

namespace Support.Tests.Pool.Faults;

/// <summary>Runs a fixture over each way to open connections in the clear: epoll, and .NET's sockets as on every other system.</summary>
public abstract class BothPaths(bool portable)
{
    /// <summary>Chooses the way for the test that follows; tests of this project run one after the other.</summary>
    [SetUp]
    public void Choose()
    {
        if (!portable && !OperatingSystem.IsLinux())
            Assert.Ignore("epoll is Linux's");
        TestPool.Portable = portable;
    }

    /// <summary>Leaves the default to the tests that don't choose.</summary>
    [TearDown]
    public void Forget() => TestPool.Portable = false;
}

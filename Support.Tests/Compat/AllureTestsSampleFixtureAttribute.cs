using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Support.Tests.Compat;

/// <summary>
/// Makes a class a fixture only inside a run of <see cref="AllureTestsRun"/>: its tests fail on purpose.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AllureTestsSampleFixtureAttribute : NUnitAttribute, IFixtureBuilder
{
    /// <summary>Set around loading, in the flow that loads.</summary>
    public static AsyncLocal<bool> IsWanted { get; } = new();

    // Not none: for none, NUnit 4 builds the class as any other.
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo) =>
        IsWanted.Value ? new TestFixtureAttribute().BuildFrom(typeInfo) : [new TestFixture(typeInfo)];
}

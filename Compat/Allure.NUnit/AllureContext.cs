using System.Collections.Immutable;

namespace Allure.Net.Commons;

/// <summary>What runs here and now. Immutable: what one flow of execution starts, its siblings don't see.</summary>
internal sealed record AllureContext
{
    /// <summary>Nothing runs.</summary>
    public static AllureContext Empty { get; } = new();

    /// <summary>The containers of the class and of the test, the innermost on top.</summary>
    public ImmutableStack<TestResultContainer> Containers { get; init; } = [];

    /// <summary>The running test.</summary>
    public TestResult? Test { get; init; }

    /// <summary>The running fixture.</summary>
    public FixtureResult? Fixture { get; init; }

    /// <summary>The innermost running step.</summary>
    public StepResult? Step { get; init; }

    /// <summary>What a new step or an attachment belongs to; null outside of tests and fixtures.</summary>
    public ExecutableItem? Item => Step ?? (ExecutableItem?)Fixture ?? Test;
}

namespace Allure.Net.Commons;

/// <summary>How a test, a fixture or a step ended; written as its name.</summary>
public enum Status
{
    /// <summary>Not known yet.</summary>
    none,

    /// <summary>An assertion failed.</summary>
    failed,

    /// <summary>Something else than an assertion went wrong.</summary>
    broken,

    /// <summary>It ran and nothing was wrong.</summary>
    passed,

    /// <summary>It did not run, or ended itself before it was done.</summary>
    skipped,
}

/// <summary>How far a test, a fixture or a step got; written as its name.</summary>
public enum Stage
{
    /// <summary>Announced.</summary>
    scheduled,

    /// <summary>Started.</summary>
    running,

    /// <summary>Ended.</summary>
    finished,

    /// <summary>Waiting.</summary>
    pending,

    /// <summary>Cut off.</summary>
    interrupted,
}

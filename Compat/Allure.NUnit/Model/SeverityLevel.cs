namespace Allure.Net.Commons;

/// <summary>How much a failure of the test matters; written as its name.</summary>
public enum SeverityLevel
{
    /// <summary>The default.</summary>
    normal,

    /// <summary>Nothing else is worth polling at before this.</summary>
    blocker,

    /// <summary>A main function.</summary>
    critical,

    /// <summary>A side function.</summary>
    minor,

    /// <summary>Cosmetic.</summary>
    trivial,
}

namespace VerifyTests;

/// <summary>
/// What holds for every comparison of the process: the part of the package's settings that this project uses.
/// </summary>
public static class VerifierSettings
{
    internal static bool IsAutoVerify { get; private set; }

    /// <summary>Takes every text that differs for the one on record from now on.</summary>
    /// <param name="includeBuildServer">Kept for the package's signature: a build server is no exception here.</param>
    /// <param name="throwException">Kept for the package's signature: what is taken passes.</param>
    public static void AutoVerify(bool includeBuildServer = true, bool throwException = false) =>
        IsAutoVerify = includeBuildServer && !throwException;
}

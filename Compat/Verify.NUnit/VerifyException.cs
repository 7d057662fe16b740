// The package declares it outside of any namespace, so the stand-in does.
#pragma warning disable CA1050
/// <summary>A text that is not the one on record, or that cannot be compared.</summary>
public sealed class VerifyException(string message) : Exception(message);
#pragma warning restore CA1050

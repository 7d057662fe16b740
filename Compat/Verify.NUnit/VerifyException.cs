// Outside of any namespace and for itself alone, as the package declares it: a test knows it by its message.
/// <summary>A text that is not the one on record, or that cannot be compared.</summary>
internal sealed class VerifyException(string message) : Exception(message);

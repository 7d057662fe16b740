using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using NUnit.Framework;
using VerifyTests;

namespace VerifyNUnit;

/// <summary>
/// Compares a text with the one on record beside the test: the part of Verify.NUnit that this project uses.
/// </summary>
/// <remarks>
/// Texts only, and nothing is scrubbed unasked. A text that differs is left as <c>.received</c> beside the
/// <c>.verified</c> file; renaming it accepts it, and so does <see cref="VerifierSettings.AutoVerify"/>. A diff tool is
/// never started.
/// </remarks>
public static class Verifier
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly ConcurrentDictionary<string, string> UsedPrefixes = new(StringComparer.Ordinal);

    /// <summary>Compares a text; its files end in <c>.txt</c>.</summary>
    public static SettingsTask Verify(
        string? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Verify(target, "txt", settings, sourceFile);

    /// <summary>Compares a text; its files end in the given extension, without a dot.</summary>
    public static SettingsTask Verify(
        string? target, string extension, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        new(settings, used => CompareAsync(target, extension, used, sourceFile));

    /// <summary>
    /// Here for its name: where the package brings this class into every file, it hides NUnit's <c>Throws</c>.
    /// </summary>
    /// <exception cref="NotSupportedException">Always: no test compares an exception.</exception>
    public static SettingsTask Throws(
        Action target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        throw new NotSupportedException("The stand-in of Verify.NUnit compares texts only.");

    private static async Task<VerifyResult> CompareAsync(
        string? target, string extension, VerifySettings settings, string sourceFile)
    {
        var prefix = SnapshotName.Prefix(settings, sourceFile);
        if (!UsedPrefixes.TryAdd(prefix, TestContext.CurrentContext.Test.ID))
            throw new VerifyException(
                $"The prefix has already been used: {prefix}. A second comparison in a test needs UseMethodName.");

        var text = settings.Scrub(target switch { null => "null", "" => "emptyString", _ => target });
        var received = $"{prefix}.received.{extension}";
        var verified = $"{prefix}.verified.{extension}";
        var recorded = File.Exists(verified) ? await ReadAsync(verified).ConfigureAwait(false) : null;
        if (string.Equals(recorded, text, StringComparison.Ordinal))
        {
            File.Delete(received);
            return new VerifyResult();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        if (VerifierSettings.IsAutoVerify)
        {
            File.Delete(received);
            await File.WriteAllTextAsync(verified, text, Utf8).ConfigureAwait(false);
            return new VerifyResult();
        }

        await File.WriteAllTextAsync(received, text, Utf8).ConfigureAwait(false);
        TestContext.AddTestAttachment(received);
        throw new VerifyException(Message(received, verified, text, recorded));
    }

    private static async Task<string> ReadAsync(string verified)
    {
        var text = await File.ReadAllTextAsync(verified).ConfigureAwait(false);
        return text.Contains('\r', StringComparison.Ordinal)
            ? throw new VerifyException(
                $"Verified file must use \\n line endings, and this one holds a \\r: {verified}")
            : text;
    }

    private static string Message(string received, string verified, string text, string? recorded)
    {
        var kind = recorded is null ? "New" : "NotEqual";
        var names = (Received: Path.GetFileName(received), Verified: Path.GetFileName(verified));
        var message = new StringBuilder()
            .Append("Directory: ").Append(Path.GetDirectoryName(received)).Append('\n')
            .Append(kind).Append(":\n")
            .Append("  - Received: ").Append(names.Received).Append('\n')
            .Append("    Verified: ").Append(names.Verified).Append('\n')
            .Append("\nFileContent:\n\n")
            .Append(kind).Append(":\n\n")
            .Append("Received: ").Append(names.Received).Append('\n').Append(text).Append('\n');
        return recorded is null
            ? message.ToString()
            : message.Append("Verified: ").Append(names.Verified).Append('\n').Append(recorded).Append('\n').ToString();
    }
}

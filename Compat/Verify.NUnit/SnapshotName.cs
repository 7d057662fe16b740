using System.Collections;
using System.Globalization;
using NUnit.Framework;

namespace VerifyTests;

/// <summary>
/// Where the two files of a comparison are: <c>Type.Method_parameter=value</c> in the folder of the calling source
/// file.
/// </summary>
internal static class SnapshotName
{
    private static readonly char[] Invalid = ['"', '\\', '<', '>', '|', ':', '*', '?', '/'];

    internal static string Prefix(VerifySettings settings, string sourceFile)
    {
        var sourceFolder = Path.GetDirectoryName(sourceFile) ?? "";
        var folder = Path.GetFullPath(Path.Combine(sourceFolder, settings.Directory ?? "."));
        return Path.Combine(folder, settings.FileName ?? FromTest(settings, TestContext.CurrentContext.Test));
    }

    private static string FromTest(VerifySettings settings, TestContext.TestAdapter test)
    {
        var type = settings.TypeName ?? SimpleName(test.ClassName ?? "");
        var name = $"{type}.{settings.MethodName ?? test.MethodName}";
        if (settings.ParametersText is { } text)
            return $"{name}_{Clean(text)}";

        var names = test.MethodInfo?.GetParameters().Select(parameter => parameter.Name).ToArray() ?? [];
        var values = settings.Parameters ?? test.Arguments;
        if (values.Length > names.Length)
            throw new VerifyException(
                $"{name}: {values.Length} parameter values were given, and the method has {names.Length} parameters.");
        return values.Select((value, index) => $"_{names[index]}={Clean(Text(value))}").Aggregate(name, string.Concat);
    }

    /// <summary>Nested classes are joined by a dot, and the namespace is left out.</summary>
    private static string SimpleName(string className) =>
        className[(className.LastIndexOf('.') + 1)..].Replace('+', '.');

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(',', list.Cast<object?>().Select(Text)),
        _ => value.ToString() ?? "null",
    };

    private static string Clean(string text) =>
        string.Concat(
            text.Select(character => char.IsControl(character) || Invalid.Contains(character) ? '-' : character));
}

using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Support.Tests.Wording;

/// <summary>
/// Turns every sentence of the compiled suite, and every part of one, into another text of the same shape.
/// </summary>
internal static partial class Rewording
{
    // What these types hold in words is not the suite's to reword: it is what others print, send or read.
    private static readonly HashSet<string> OfOthers =
    [
        // Files of the kernel, by their labels.
        "OpenFileLimits", "TcpRow", "CgroupLocator", "CgroupParser", "CpuInfo", "MemInfo", "NetstatCounters",
        "Sockstat",
        // What runtimes, git and AWS say, and logs of version 1.0.
        "FatalMessages", "GitFile", "AwsFaultKinds", "EarlierLogs",
        // HTTP, shells and command lines.
        "HandshakeRequest", "HandshakeResponse", "TargetStatsReader", "SupervisorRequest", "EmbeddedTarget",
    ];

    /// <summary>
    /// A text in other words: every letter is another one; placeholders, digits, signs and blanks stay.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="by">How far each letter is turned, 1 to 25.</param>
    public static string Of(string text, int by) =>
        Words().Replace(text, words => string.Concat(words.Value.Select(letter => Turned(letter, by))));

    /// <summary>
    /// Whether a literal is a sentence, or a part of one: it has a letter and a blank, and is no format, no JSON and no
    /// markup.
    /// </summary>
    public static bool IsText(string literal) =>
        literal.Any(char.IsAsciiLetter) && literal.Contains(' ', StringComparison.Ordinal)
        && !Formal().IsMatch(literal);

    /// <summary>
    /// The assembly with its texts reworded, at each place in another way: what is written in one place and recognised
    /// in another differs then.
    /// </summary>
    /// <param name="path">The assembly.</param>
    /// <param name="reworded">Told of each literal that is.</param>
    public static byte[] Of(string path, Action<string> reworded)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        var place = 0;
        foreach (var type in assembly.MainModule.GetTypes().Where(type => !IsOfOthers(type)))
        {
            var code = type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions);
            foreach (var load in code.Where(IsLoadOfText))
            {
                reworded((string)load.Operand);
                load.Operand = Of((string)load.Operand, 1 + (place++ % 25));
            }
        }

        using var written = new MemoryStream();
        assembly.Write(written);
        return written.ToArray();
    }

    /// <summary>Those of <see cref="OfOthers"/> that the assembly does not have.</summary>
    public static IEnumerable<string> Missing(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        return OfOthers.Except(assembly.MainModule.GetTypes().Select(type => type.Name)).ToArray();
    }

    private static bool IsLoadOfText(Instruction instruction) =>
        instruction.OpCode.Code == Code.Ldstr && IsText((string)instruction.Operand);

    // With what the compiler made of their lambdas and iterators; and the code of regular expressions and of JSON that
    // was made at compile time.
    private static bool IsOfOthers(TypeDefinition type) =>
        OfOthers.Contains(type.Name) || type.Namespace.StartsWith("System.", StringComparison.Ordinal)
        || (type.DeclaringType is { } outer && IsOfOthers(outer));

    private static char Turned(char letter, int by) => letter switch
    {
        >= 'a' and <= 'z' => (char)('a' + ((letter - 'a' + by) % 26)),
        >= 'A' and <= 'Z' => (char)('A' + ((letter - 'A' + by) % 26)),
        _ => letter,
    };

    // Everything but {0:0.0} and the like.
    [GeneratedRegex(@"(?:(?!\{\d+[^{}]*\}).)+", RegexOptions.Singleline)]
    private static partial Regex Words();

    // A format of times or numbers, JSON, or markup.
    [GeneratedRegex(@"^[yMdHhmsfFzZKt\s:.,'\\/#0;%-]+$|^\s*[{\[]\s*(""|$)|^\s*<")]
    private static partial Regex Formal();
}

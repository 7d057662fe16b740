using System.Text;
using Allure.Net.Commons;
using NUnit.Framework;

namespace CapacityTests;

/// <summary>What a test adds to Allure's report. A full disk must not take what the test itself has to say.</summary>
internal static class Attachments
{
    public static void Add(string name, string type, string text, string extension) =>
        Attempt(name, () => AllureApi.AddAttachment(name, type, Encoding.UTF8.GetBytes(text), extension));

    public static void Add(string file) => Attempt(file, () => AllureApi.AddAttachment(file));

    private static void Attempt(string name, Action attach)
    {
        try
        {
            attach();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            TestContext.Out.WriteLine($"{name} could not be attached for Allure: {problem.Message}");
        }
    }
}

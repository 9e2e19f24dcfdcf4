namespace Keepalived.Interop.Tests.Lab;

/// <summary>The scenario's name in the conformance list; a category, so that <c>--filter TestCategory=v2-elect</c> runs it alone.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ScenarioAttribute(string name) : CategoryAttribute(name);

namespace Keepalived.Differential.Tests.Cases;

/// <summary>A file beside the main one.</summary>
internal sealed record CaseFile(string Path, UnixFileMode Mode, byte[] Content);

namespace Keepalived.Daemon.Configuration.Sources;

/// <summary>A file as a source delivered it.</summary>
/// <param name="Status">Whether it could be read.</param>
/// <param name="Content">Its bytes; empty unless <paramref name="Status"/> is <see cref="ConfigurationFileStatus.Ok"/>.</param>
public readonly record struct ConfigurationFile(ConfigurationFileStatus Status, ReadOnlyMemory<byte> Content);

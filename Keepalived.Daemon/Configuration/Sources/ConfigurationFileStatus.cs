namespace Keepalived.Daemon.Configuration.Sources;

/// <summary>What became of opening a configuration file.</summary>
public enum ConfigurationFileStatus
{
    /// <summary>It was read.</summary>
    Ok = 0,

    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>It is a directory.</summary>
    Directory,

    /// <summary>It is neither a regular file nor a directory.</summary>
    NotRegular,

    /// <summary>It is executable: a script by mistake.</summary>
    Executable,

    /// <summary>It could not be opened or read.</summary>
    Unreadable,

    /// <summary>It is larger than <see cref="IConfigurationSource.MaxFileSize"/>.</summary>
    TooLarge,
}

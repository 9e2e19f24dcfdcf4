using System.Globalization;
using System.Text;
using Keepalived.Netlink;
using Keepalived.Netlink.Route;
using Microsoft.Extensions.Logging;

namespace Keepalived.Vrrp.Transport;

/// <summary>
/// Writes down, before it is done, what this run changes of the kernel's settings, which interfaces it makes, and which addresses, routes
/// and rules it may set, so that the next run can undo what a killed one left. A file of lines: <c>setting PATH BEFORE OURS</c>,
/// <c>link NAME MAC BASE</c> and <c>object WORDS</c>. Empty it does not exist.
/// </summary>
internal sealed class KernelJournal(string? path, ILogger logger)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Dictionary<string, (int Before, int Ours)> _settings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (LinkLayerAddress Address, string Base)> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _objects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leftObjects = new(StringComparer.Ordinal);
    private bool _isChanged;

    /// <summary>Settings with what they were before and what they were set to.</summary>
    public IReadOnlyDictionary<string, (int Before, int Ours)> Settings => _settings;

    /// <summary>Interfaces that were made.</summary>
    public IReadOnlyDictionary<string, (LinkLayerAddress Address, string Base)> Links => _links;

    /// <summary>The objects that an earlier run may have left, and that nobody wants now.</summary>
    public IEnumerable<string> LeftObjects => _leftObjects.Where(key => !_objects.ContainsKey(key));

    /// <summary>Whether anything is to be written.</summary>
    public bool IsChanged => path is not null && _isChanged;

    /// <summary>Reads what an earlier run left; lines that mean nothing are passed over.</summary>
    public void Load()
    {
        if (path is null || !File.Exists(path))
            return;
        try
        {
            if (new FileInfo(path).LinkTarget is not null)
                throw new IOException("It is a symbolic link.");
            foreach (var line in File.ReadLines(path))
                Read(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CannotReadJournal(e, path);
        }
    }

    public void Set(string setting, int before, int ours) => _isChanged |= Put(_settings, setting, (before, ours));

    public void Set(string link, LinkLayerAddress address, string onBase) => _isChanged |= Put(_links, link, (address, onBase));

    /// <summary>Somebody may set this object from now on.</summary>
    public void HoldObject(string key)
    {
        var count = _objects.GetValueOrDefault(key);
        _objects[key] = count + 1;
        _isChanged |= count == 0;
    }

    /// <summary>He does not any more, and has removed it.</summary>
    public void ReleaseObject(string key)
    {
        if (_objects.GetValueOrDefault(key) is > 1 and var count)
            _objects[key] = count - 1;
        else
            _isChanged |= _objects.Remove(key);
    }

    /// <summary>What an earlier run left is gone, or somebody's.</summary>
    public void ForgetLeftObjects()
    {
        _isChanged |= _leftObjects.Count > 0;
        _leftObjects.Clear();
    }

    public void ForgetSetting(string setting) => _isChanged |= _settings.Remove(setting);

    public void ForgetLink(string link) => _isChanged |= _links.Remove(link);

    /// <summary>Writes the file, if anything changed.</summary>
    public void Save()
    {
        if (path is null || !_isChanged)
            return;
        _isChanged = false;
        try
        {
            if (_settings.Count + _links.Count + _objects.Count + _leftObjects.Count == 0)
                File.Delete(path);
            else
                Write(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CannotWriteJournal(e, path);
        }
    }

    private static bool Put<T>(Dictionary<string, T> table, string key, T value)
    {
        if (table.TryGetValue(key, out var known) && EqualityComparer<T>.Default.Equals(known, value))
            return false;
        table[key] = value;
        return true;
    }

    private void Read(string line)
    {
        const string Object = "object ";
        if (line.StartsWith(Object, StringComparison.Ordinal))
        {
            _leftObjects.Add(line[Object.Length..]);
            return;
        }

        switch (line.Split(' '))
        {
            case ["setting", var setting, var before, var ours]
                when int.TryParse(before, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var was)
                && int.TryParse(ours, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var set)
                && setting.StartsWith("net/", StringComparison.Ordinal) && !setting.Contains("..", StringComparison.Ordinal):
                _settings[setting] = (was, set);
                break;
            case ["link", var name, var text, var onBase] when InterfaceName.Check(name) is null && TryParse(text, out var address):
                _links[name] = (address, onBase);
                break;
        }
    }

    private static bool TryParse(string text, out LinkLayerAddress address)
    {
        address = default;
        return text == "-" || LinkLayerAddress.TryParse(text, out address);
    }

    // A reader never sees half of it, and a symbolic link in its place is replaced, not followed.
    private void Write(string target)
    {
        var text = new StringBuilder();
        foreach (var (setting, (before, ours)) in _settings)
            text.Append(CultureInfo.InvariantCulture, $"setting {setting} {before} {ours}\n");
        foreach (var (name, (address, onBase)) in _links)
            text.Append(CultureInfo.InvariantCulture, $"link {name} {(address.Length == 0 ? "-" : address)} {onBase}\n");
        foreach (var key in _objects.Keys.Concat(LeftObjects))
            text.Append(CultureInfo.InvariantCulture, $"object {key}\n");
        var draft = target + ".new";
        File.Delete(draft);
        using (var file = File.OpenHandle(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            File.SetUnixFileMode(file, Mode);
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(text.ToString()), 0);
        }

        File.Move(draft, target, overwrite: true);
    }
}

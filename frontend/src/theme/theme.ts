import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import classes from './theme.module.css';
import { colour, cssVariables, type Scheme } from './tokens';

const iris: MantineColorsTuple = [
  '#EEF0FD', '#DDE1FB', '#C9CEF6', '#B7BFF4', '#8E99EC', '#5A66E3', '#3A46C9', '#2E38A8', '#242B85', '#1B2063',
]; // biome-ignore format: one ramp
const gray: MantineColorsTuple = [
  '#FAF9F7',
  '#F6F5F2',
  '#F1EFEB',
  '#E8E5DF',
  '#D9D5CD',
  '#B5B0A6',
  '#8B867C',
  '#6B665D',
  '#55514A',
  '#1B1A17',
];
const dark: MantineColorsTuple = [
  '#F1EFEA',
  '#BCB7AD',
  '#9A958A',
  '#7F7A70',
  '#3D3B36',
  '#2D2C29',
  '#262522',
  '#1A1A18',
  '#161614',
  '#121211',
];

const inputClasses = {
  wrapper: classes.inputWrapper,
  input: classes.input,
  label: classes.label,
  error: classes.error,
};

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 5 },
  colors: { iris, gray, dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, monospace',
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '16px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '24px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '10px' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: {
      defaultProps: { variant: 'default', size: 'sm' },
      classNames: { root: classes.button, section: classes.buttonSection },
    },
    ActionIcon: {
      defaultProps: { variant: 'subtle', color: 'gray' },
      classNames: { root: classes.actionIcon },
    },
    TextInput: { classNames: inputClasses },
    Textarea: { classNames: inputClasses },
    NumberInput: { classNames: inputClasses },
    MultiSelect: { classNames: inputClasses },
    TagsInput: { classNames: inputClasses },
    Autocomplete: {
      classNames: { ...inputClasses, dropdown: classes.pop, option: classes.option },
    },
    Checkbox: { classNames: { input: classes.tick, error: classes.error } },
    Select: {
      defaultProps: {
        allowDeselect: false,
        checkIconPosition: 'right',
        comboboxProps: { shadow: undefined },
      },
      classNames: { ...inputClasses, dropdown: classes.pop, option: classes.option },
    },
    Menu: { classNames: { dropdown: classes.pop, item: classes.option } },
    Modal: {
      defaultProps: { radius: 'lg', transitionProps: { transition: 'fade-up', duration: 160 } },
      classNames: {
        content: classes.dialogFrame,
        header: classes.dialog,
        title: classes.dialogTitle,
      },
    },
    Drawer: { classNames: { content: classes.drawer, header: classes.drawer } },
    SegmentedControl: {
      defaultProps: { size: 'sm', withItemsBorders: false, transitionDuration: 0 },
      classNames: {
        root: classes.segmented,
        label: classes.segmentedLabel,
        indicator: classes.segmentedOn,
      },
    },
    Switch: {
      defaultProps: { size: 'xs', withThumbIndicator: false },
      classNames: { track: classes.switchTrack, label: classes.switchLabel },
    },
    Tooltip: {
      defaultProps: { openDelay: 400 },
      classNames: { tooltip: classes.tooltip },
    },
  },
});

function schemeVariables(scheme: Scheme): Record<string, string> {
  return {
    ...cssVariables(scheme),
    '--mantine-color-body': colour('canvas', scheme),
    '--mantine-color-text': colour('ink', scheme),
    '--mantine-color-dimmed': colour('ink3', scheme),
    '--mantine-color-placeholder': colour('ink3', scheme),
    '--mantine-color-default': colour('surface', scheme),
    '--mantine-color-default-hover': colour('hover', scheme),
    '--mantine-color-default-color': colour('ink', scheme),
    '--mantine-color-default-border': colour('line2', scheme),
    '--mantine-color-error': colour('bad-ink', scheme),
    '--mantine-color-anchor': colour('accent-ink', scheme),
    '--mantine-primary-color-filled': colour('accent', scheme),
    '--mantine-primary-color-filled-hover': colour('accent-h', scheme),
  };
}

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: schemeVariables('light'),
  dark: schemeVariables('dark'),
});
